-- uncured: the adverse records that no support has cured; each of them raises a flag (method, section 4).
create or replace table result.uncured as
select
    standing.reading_id,
    standing.criterion_id,
    standing.adverse_id as evidence_id,
    bool_or(standing.adverse_later and standing.rung >= cast(in_place.rung as integer)) as after_in_place,
    bool_or(standing.withdrawing) as withdrawing
from step.standing as standing
join rule.stops as in_place on in_place.what = 'in_place'
group by standing.reading_id, standing.criterion_id, standing.adverse_id, standing.adverse_unit_id
having not bool_or(standing.cured);
