-- Parameter: the days that windows name. Those that no sound row has, and whether a row was held back.
select day_id, day_id in (select day_id from raw.reading_days where day_id is not null)
from unnest($1) as named(day_id)
where day_id not in (select day_id from clean.reading_days)
