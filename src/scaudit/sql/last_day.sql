-- The last named day before the as-of day, with all its names; no row where there is none.
with earlier as (
    select days.day_id, days.day, days.label
    from clean.reading_days as days
    join readings on readings.reading_id = 'verified' and days.day < readings.as_of
)
select day, list(label order by day_id) as labels, min(day_id) as day_id
from earlier
where day = (select max(day) from earlier)
group by day;
