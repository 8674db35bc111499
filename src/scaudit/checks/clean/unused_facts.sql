create or replace table clean.unused_facts as
select fact_id, reason, _file, _sheet, _row
from raw.unused_facts as r
where r.rowid not in (select rid from fault where table_name = 'unused_facts')
