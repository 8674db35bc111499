create or replace table clean.stakeholders as
select stakeholder_id, name, body_id, role, channel, address, listed(items) as items, what, occasion,
    coalesce(language, 'en') as language, lower(active) = 'true' as active, _file, _sheet, _row
from raw.stakeholders as r
where r.rowid not in (select rid from fault where table_name = 'stakeholders')
