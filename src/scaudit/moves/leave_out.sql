-- Every test leaves its records out of both sides, in both readings.
insert into scope
select distinct sides.side || '/' || tests.turn, tests.criterion_id
from step.tests as tests
cross join (select unnest(['from/verified', 'from/claimed', 'to/verified', 'to/claimed']) as side) as sides;
insert into exclusions
select distinct sides.side || '/' || tests.turn, changed.evidence_id
from step.tests as tests
join step.changed as changed on changed.criterion_id = tests.criterion_id and changed.lead_id = tests.lead_id
cross join (select unnest(['from/verified', 'from/claimed', 'to/verified', 'to/claimed']) as side) as sides;
