-- Where every criterion stood on the named days before the as-of day, and on that day, in both readings.
with flagged as (
    select reading_id, criterion_id, list_sort(list(distinct flag)) as flags
    from result.flags
    group by reading_id, criterion_id
),
days as (
    select 'day/' || day_id as begins, day_id, day from clean.reading_days
),
wanted as (
    select readings.reading_id, readings.reading, readings.as_of, days.day_id
    from readings
    join days on readings.reading_id = days.begins || '/' || readings.reading
    union all
    select readings.reading_id, readings.reading, readings.as_of, coalesce(min(days.day_id), '') as day_id
    from readings
    left join days on days.day = readings.as_of
    where readings.reading_id in ('verified', 'claimed')
    group by readings.reading_id, readings.reading, readings.as_of
)
select
    rungs.criterion_id, wanted.reading, wanted.day_id, wanted.as_of as day, rungs.rung, rungs.stale,
    coalesce(flagged.flags, cast([] as varchar[])) as flags
from wanted
join result.rungs as rungs on rungs.reading_id = wanted.reading_id
left join flagged on flagged.reading_id = rungs.reading_id and flagged.criterion_id = rungs.criterion_id
order by rungs.criterion_id, wanted.as_of, wanted.day_id, wanted.reading;
