-- Every suspect is left out once, with the records that are printed with it; each turn leaves out one of every criterion.
insert into scope
select 'without/' || turn, criterion_id from step.suspects;
insert into exclusions
select 'without/' || suspects.turn, records.evidence_id
from step.suspects as suspects
join {home}.result.records as records
    on records.criterion_id = suspects.criterion_id
    and coalesce(records.printed_with, records.evidence_id) = suspects.evidence_id;
