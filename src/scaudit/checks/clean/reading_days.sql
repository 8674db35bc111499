create or replace table clean.reading_days as
select day_id, final_day(day) as day, label, source_id, _file, _sheet, _row
from raw.reading_days as r
where r.rowid not in (select rid from fault where table_name = 'reading_days')
