-- No item has a name that stands for something else where items are named: for all of them, or for their overview.
insert into fault
select 'recommendations', r.rowid, 'item_id', r.item_id, 'E207',
    'the word ' || r.item_id || ' stands for something else where items are named; give the item another id'
from raw.recommendations as r
where r.item_id in ('all', 'overview')
