create or replace table clean.dispositions as
select item_id, body_id, final_day(stated_on) as stated_on, disposition, words, basis_stated, source_id, locator,
    _file, _sheet, _row
from raw.dispositions as r
where r.rowid not in (select rid from fault where table_name = 'dispositions')
