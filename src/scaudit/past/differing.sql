-- Parameter: table. differing: rows of one table, alike ones as one with their number in either run (had, has), of
-- those keys of which the rows, or whether they were loaded, are not the same in both. A row that could not be read
-- has the first part of its key at best; its text is `unread`. A row without a key is a key of its own.
create or replace table past.differing as
with every as (
    select {columns}, cast(null as varchar) as unread, clean.at_row is not null as loaded, false as latter,
        raw._file, raw._sheet, raw._row
    from former.raw.{table} as raw
    left join (select _file as at_file, _sheet as at_sheet, _row as at_row from former.clean.{table}) as clean
        on clean.at_file = raw._file and clean.at_sheet is not distinct from raw._sheet and clean.at_row = raw._row
    union all
    select {columns}, null, clean.at_row is not null, true, raw._file, raw._sheet, raw._row
    from latter.raw.{table} as raw
    left join (select _file as at_file, _sheet as at_sheet, _row as at_row from latter.clean.{table}) as clean
        on clean.at_file = raw._file and clean.at_sheet is not distinct from raw._sheet and clean.at_row = raw._row
    union all by name
    select "key" as {first_key}, coalesce(value, rule) as unread, false as loaded, false as latter, file as _file,
        sheet as _sheet, "row" as _row
    from former.raw.reject
    where table_name = $1
    union all by name
    select "key" as {first_key}, coalesce(value, rule) as unread, false as loaded, true as latter, file as _file,
        sheet as _sheet, "row" as _row
    from latter.raw.reject
    where table_name = $1
),
alike as (
    select
        {columns}, unread, loaded,
        count(*) filter (not latter) as had,
        count(*) filter (latter) as has,
        min(row(_file, _sheet, _row)) filter (not latter) as place_from,
        min(row(_file, _sheet, _row)) filter (latter) as place_to
    from every
    group by {columns}, unread, loaded
),
keyed as (
    select *, case when {first_key} is null then row_number() over (order by place_from, place_to) end as keyless
    from alike
),
found as (
    select * from keyed qualify bool_or(had <> has) over (partition by {key}, keyless)
)
select * exclude (keyless), dense_rank() over (order by {key}, keyless) as key_id
from found;
