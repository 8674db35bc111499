-- A folder is one stakeholder's: what lies in it, or in a folder inside it, must not be taken for another's. Case is
-- no difference, since it is none on some disks. Those who get nothing share it with nobody.
insert into fault
with taken as (
    select r.rowid as rid, r.address, lower(r.address) || '/' as path, place(r._file, r._sheet, r._row) as place
    from raw.stakeholders as r
    where r.channel = 'folder' and lower(r.active) = 'true'
      and r.rowid not in (select rid from fault where table_name = 'stakeholders')
)
select 'stakeholders', one.rid, 'address', any_value(one.address), 'E315',
    'the folder is that of another active row, or lies in it or around it: ' || arg_min(other.place, other.rid)
from taken as one
join taken as other
    on other.rid <> one.rid and (starts_with(one.path, other.path) or starts_with(other.path, one.path))
group by one.rid
