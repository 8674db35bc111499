-- Parameters: child table, child column, parent table, the word that stands for all rows. As for single references,
-- for each id of a list: one fault for every id that is missing or held back.
insert into fault
with lost as (
    select c.rid, c.named
    from (select distinct rowid as rid, unnest(listed({column})) as named from {raw}) as c
    where not exists (select 1 from {clean_parent} as p where p.{parent_key} = c.named)
      and c.named is distinct from $4
      and c.rid not in (select rid from fault where table_name = $1 and column_name = $2)
),
held as (
    select id, arg_min(place, (unread, rid)) as place
    from (
        select p.{parent_key} as id, place(p._file, p._sheet, p._row) as place, false as unread, p.rowid as rid
        from {raw_parent} as p
        union all
        select "key", place(file, sheet, "row"), true, rowid from raw.reject where table_name = $3
    )
    where id in (select named from lost)
    group by all
)
select $1, rid, $2, named,
    case when held.id is null then 'E202' else 'E203' end,
    case when held.id is null then 'the table ' || $3 || ' has no ' || named
        else named || ' of the table ' || $3 || ' is in quarantine itself (' || held.place || ')' end
from lost left join held on held.id = named
