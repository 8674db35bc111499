-- uncured: the adverse records that stand against a criterion; each of them raises a flag (method, section 4).
-- Where a support that keeps the rung is free of them, none does; else each that stands against such a support.
create or replace table result.uncured as
with best as (
    select reading_id, criterion_id, max(kept) as kept
    from step.kept
    group by reading_id, criterion_id
),
bearers as (
    select
        kept.unit_id,
        kept.reading_id,
        kept.criterion_id,
        count(standing.unit_id) = 0 as free
    from step.kept as kept
    join best
        on best.reading_id = kept.reading_id and best.criterion_id = kept.criterion_id and best.kept = kept.kept
    left join step.standing as standing on standing.unit_id = kept.unit_id
    group by kept.unit_id, kept.reading_id, kept.criterion_id
),
held as (
    select reading_id, criterion_id
    from bearers
    group by reading_id, criterion_id
    having not bool_or(free)
)
select
    standing.reading_id,
    standing.criterion_id,
    standing.adverse_id as evidence_id,
    bool_or(
        standing.adverse_later and standing.rung >= cast(in_place.rung as integer)
    ) as after_in_place,
    bool_or(standing.withdrawing) as withdrawing
from step.standing as standing
join held on held.reading_id = standing.reading_id and held.criterion_id = standing.criterion_id
join rule.stops as in_place on in_place.what = 'in_place'
left join bearers on bearers.unit_id = standing.unit_id
group by standing.reading_id, standing.criterion_id, standing.adverse_id, standing.adverse_unit_id
having count(bearers.unit_id) > 0;
