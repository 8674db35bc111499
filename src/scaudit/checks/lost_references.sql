-- Parameters: child table, child column. Rows that name a parent which is missing or held back, and whom they name.
create or replace temp table lost as
select c.rowid as rid, c.{column} as named
from {raw} as c
where c.{column} is not null
  and not exists (select 1 from {clean_parent} as p where p.{parent_key} = c.{column})
  and c.rowid not in (select rid from fault where table_name = $1 and column_name = $2)
