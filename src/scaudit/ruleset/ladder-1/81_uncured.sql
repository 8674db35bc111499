-- uncured: the adverse records that stand against a criterion; each of them raises a flag (method, section 4).
-- Where a support that keeps the rung is free of them, none does; else each that stands against such a support.
create or replace table result.uncured as
with best as (
    select reading_id, criterion_id, max(kept) as kept
    from step.kept
    group by reading_id, criterion_id
),
bearers as (
    select kept.unit_id, kept.reading_id, kept.criterion_id, kept.opposed
    from step.kept as kept
    join best
        on best.reading_id = kept.reading_id and best.criterion_id = kept.criterion_id and best.kept = kept.kept
),
held as (
    select reading_id, criterion_id
    from bearers
    group by reading_id, criterion_id
    having bool_and(opposed)
),
against as (
    select standing.*
    from step.standing as standing
    semi join held on held.reading_id = standing.reading_id and held.criterion_id = standing.criterion_id
),
felt as (
    select distinct against.adverse_unit_id
    from against
    semi join bearers on bearers.unit_id = against.unit_id
)
select
    against.reading_id,
    against.criterion_id,
    against.adverse_id as evidence_id,
    bool_or(against.adverse_later and against.rung >= cast(in_place.rung as integer)) as after_in_place,
    bool_or(against.withdrawing) as withdrawing
from against
join felt on felt.adverse_unit_id = against.adverse_unit_id
join rule.stops as in_place on in_place.what = 'in_place'
group by against.reading_id, against.criterion_id, against.adverse_id, against.adverse_unit_id;
