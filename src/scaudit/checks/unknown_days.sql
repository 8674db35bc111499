-- Parameter: the days that windows name.
select day_id from unnest($1) as named(day_id)
where day_id not in (select day_id from raw.reading_days where day_id is not null)
