-- uncured: the adverse records that stand against a criterion; each of them raises a flag (method, section 4).
-- One stands where every support that keeps the rung has it standing against it.
create or replace table result.uncured as
with best as (
    select reading_id, criterion_id, max(kept) as kept
    from step.kept
    group by reading_id, criterion_id
),
bearers as (
    select kept.unit_id
    from step.kept as kept
    join best
        on best.reading_id = kept.reading_id and best.criterion_id = kept.criterion_id and best.kept = kept.kept
)
select
    standing.reading_id,
    standing.criterion_id,
    standing.adverse_id as evidence_id,
    bool_or(
        not standing.cured and standing.adverse_later and standing.rung >= cast(in_place.rung as integer)
    ) as after_in_place,
    bool_or(not standing.cured and standing.withdrawing) as withdrawing
from step.standing as standing
join rule.stops as in_place on in_place.what = 'in_place'
left join bearers on bearers.unit_id = standing.unit_id
group by standing.reading_id, standing.criterion_id, standing.adverse_id, standing.adverse_unit_id
having bool_and(not standing.cured) filter (where bearers.unit_id is not null);
