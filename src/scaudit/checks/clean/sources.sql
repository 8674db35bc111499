create or replace table clean.sources as
select source_id, title, publisher_id, final_day(published_on) as published_on, published_on as published_on_text,
    url, copy, lower(sha256) as sha256, seen, note, _file, _sheet, _row
from raw.sources as r
where r.rowid not in (select rid from fault where table_name = 'sources')
