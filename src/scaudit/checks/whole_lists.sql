-- The word that stands for all items stands alone.
insert into fault
select 'stakeholders', r.rowid, 'items', r.items, 'E314',
    'names items beside the word all, which stands for every item'
from raw.stakeholders as r
where list_contains(listed(r.items), 'all') and len(listed(r.items)) > 1
  and (r.rowid, 'items') not in (select rid, column_name from fault where table_name = 'stakeholders')
