-- Items whose ids differ in capitals alone: on many disks the files of both would be one, so only the first stays.
insert into fault
with alike as (
    select rowid as rid, item_id,
        first_value(item_id) over same as first_id, first_value(place(_file, _sheet, _row)) over same as first_place
    from raw.recommendations
    where rowid not in (select rid from fault where table_name = 'recommendations')
    window same as (partition by lower(item_id) order by rowid)
)
select 'recommendations', rid, 'item_id', item_id, 'E206',
    'it differs from ' || first_id || ' (' || first_place || ') in capitals alone, and files of both would have one name'
from alike
where item_id <> first_id
