create or replace table clean.series as
select series_id, title, counts, unit, kind, coalesce(family, series_id) as family, population, term, version,
    coalesce(better, 'none') as better, listed(bears_on) as bears_on, note, _file, _sheet, _row
from raw.series as r
where r.rowid not in (select rid from fault where table_name = 'series')
