-- flags: what a reader must know beside the rung (method, section 4). One line a criterion, reading and flag.
create or replace table result.flags as
with origins as (
    select reading_id, criterion_id, count(distinct origin_id) as origins
    from step.singles
    where stance <> 'contradicts'
    group by reading_id, criterion_id
)
select distinct
    reading_id,
    criterion_id,
    case when after_in_place then 'reopened' else 'contested' end as flag
from result.uncured
union all
select distinct reading_id, criterion_id, 'withdrawn' as flag
from result.uncured
where withdrawing
union all
select distinct singles.reading_id, singles.criterion_id, 'alleged' as flag
from step.singles as singles
join readings on readings.reading_id = singles.reading_id
join rule.readings as rules on rules.reading = readings.reading
where singles.stance = 'contradicts' and not singles.own and singles.grade < cast(rules.adverse_from as integer)
union all
select reading_id, criterion_id, 'stale' as flag
from result.rungs
where stale
union all
select reading_id, criterion_id, 'thin' as flag
from origins
where origins = 1;
