-- Parameters: child table, child column, the word that stands for all rows. The same for each id of a list.
create or replace temp table lost as
select c.rid, c.named
from (select distinct rowid as rid, unnest(listed({column})) as named from {raw}) as c
where not exists (select 1 from {clean_parent} as p where p.{parent_key} = c.named)
  and c.named is distinct from $3
  and c.rid not in (select rid from fault where table_name = $1 and column_name = $2)
