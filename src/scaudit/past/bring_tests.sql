-- Brings what became of every test.
insert into {home}.result.rungs
select reading_id, criterion_id, rung, stale, evidence_id, partner_id, first_id from result.rungs;
insert into {home}.result.claims select reading_id, criterion_id, standing from result.claims;
