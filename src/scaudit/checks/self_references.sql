-- Parameters: table, column. One round: rows that name a row of the same table which is missing or held back.
insert into fault
with linked as (
    select rowid as rid, {column} as named from {raw} where {column} is not null
),
good as (
    select {parent_key} as id
    from {raw}
    where {parent_key} in (select named from linked)
      and rowid not in (select rid from fault where table_name = $1)
),
lost as (
    select * from linked
    where named not in (select id from good)
      and rid not in (select rid from fault where table_name = $1 and column_name = $2)
),
held as (
    select known.id, arg_min(known.place, (known.unread, files.nth, known."row")) as place
    from (
        select {parent_key} as id, place(_file, _sheet, _row) as place, false as unread,
            _file as file, _sheet as sheet, _row as "row"
        from {raw}
        where {parent_key} in (select named from lost)
        union all
        select "key", place(file, sheet, "row"), true, file, sheet, "row"
        from raw.reject
        where table_name = $1 and "key" in (select named from lost)
    ) as known
    join made.files as files
        on files.table_name = $1 and files.file = known.file and files.sheet is not distinct from known.sheet
    group by all
)
select $1, rid, $2, named,
    case when held.id is null then 'E202' else 'E203' end,
    case when held.id is null then 'the table ' || $1 || ' has no ' || named
        else named || ' of the same table is in quarantine itself (' || held.place || ')' end
from lost left join held on held.id = named
