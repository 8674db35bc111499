-- Brings what a scoring gave in its scene beside what the others gave.
insert into {home}.readings select reading_id, as_of, known_on from readings;
insert into {home}.result.asks
select readings.reading_id, asks.criterion_id, asks.item_id, asks.kind, asks.required, asks.window_to
from readings
cross join result.asks as asks;
insert into {home}.result.rungs
select reading_id, criterion_id, rung, stale, evidence_id, partner_id, first_id from result.rungs;
insert into {home}.result.flags select reading_id, criterion_id, flag from result.flags;
insert into {home}.result.claims select reading_id, criterion_id, standing from result.claims;
insert into {home}.result.items select reading_id, item_id, status from result.items;
