create or replace table clean.viewpoints as
select viewpoint_id, label, body_kinds, source_ids, _file, _sheet, _row
from raw.viewpoints as r
where r.rowid not in (select rid from fault where table_name = 'viewpoints')
