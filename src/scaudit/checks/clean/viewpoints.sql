create or replace table clean.viewpoints as
select viewpoint_id, label, listed(body_kinds) as body_kinds, listed(source_ids) as source_ids,
    _file, _sheet, _row
from raw.viewpoints as r
where r.rowid not in (select rid from fault where table_name = 'viewpoints')
