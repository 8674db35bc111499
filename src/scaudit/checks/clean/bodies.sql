create or replace table clean.bodies as
select body_id, name, kind, parent_id, coalesce(lower(independent_by_statute) = 'true', false) as independent_by_statute,
    _file, _sheet, _row
from raw.bodies as r
where r.rowid not in (select rid from fault where table_name = 'bodies')
