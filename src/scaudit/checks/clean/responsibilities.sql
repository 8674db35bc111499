create or replace table clean.responsibilities as
select criterion_id, body_id, _file, _sheet, _row
from raw.responsibilities as r
where r.rowid not in (select rid from fault where table_name = 'responsibilities')
