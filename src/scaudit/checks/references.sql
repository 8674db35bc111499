-- Parameters: child table, child column, parent table. The faults of the rows in `lost`. A parent that is held back
-- pulls its children with it, also one that could not be read, as far as its key shows.
insert into fault
with held as (
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
