-- Every test as a criterion of its own, under a name that begins with its turn, so that its records keep their order:
-- the records of this side, less those that the test takes from the other, and these.
create or replace view clean.criteria as
select tests.turn || ' ' || criteria.criterion_id as criterion_id, criteria.* exclude (criterion_id)
from {own}.clean.criteria as criteria
join (select distinct criterion_id, turn from {home}.past.tests) as tests
    on tests.criterion_id = criteria.criterion_id;
create or replace view clean.responsibilities as
select tests.turn || ' ' || responsibilities.criterion_id as criterion_id, responsibilities.* exclude (criterion_id)
from {own}.clean.responsibilities as responsibilities
join (select distinct criterion_id, turn from {home}.past.tests) as tests
    on tests.criterion_id = responsibilities.criterion_id;
create or replace view clean.evidence as
with turns as (
    select distinct criterion_id, turn from {home}.past.tests
),
taken as (
    select distinct criterion_id, turn, evidence_id from {home}.past.tests
),
present as (
    select turns.turn, records.*
    from {own}.clean.evidence as records
    join turns on turns.criterion_id = records.criterion_id
    anti join taken
        on taken.criterion_id = records.criterion_id
        and taken.turn = turns.turn
        and taken.evidence_id = records.evidence_id
    union all by name
    select taken.turn, records.*
    from {other}.clean.evidence as records
    join taken on taken.criterion_id = records.criterion_id and taken.evidence_id = records.evidence_id
)
select * exclude (turn) replace (
    turn || ' ' || criterion_id as criterion_id,
    turn || ' ' || evidence_id as evidence_id,
    turn || ' ' || replaces as replaces
)
from present;
