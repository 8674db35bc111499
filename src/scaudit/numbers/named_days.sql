-- The named days of the project.
select day_id, day, label from clean.reading_days order by day, day_id;
