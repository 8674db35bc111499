-- Parameters: table, first column of its key. Rows that share a key. Same content: the first stays, the others are repeats.
-- Different content: nobody can say which holds, so none stays. Keys are compared as hashes first,
-- and as they are only where hashes meet. Rows stand in the order of their files, and in these of their lines: of a large
-- table a file may have been read after those behind it.
insert into fault
with alike as (
    select rowid as rid, row({key}) as row_key, row({columns}) as content, {first_key} as value,
        place(_file, _sheet, _row) as place, _file, _sheet, _row
    from {raw}
    where {first_key} is not null and hash({key}) in (select key_hash from shared_keys)
),
placed as (
    select alike.*, row(files.nth, alike._row) as nth
    from alike
    join made.files as files
        on files.table_name = $1 and files.file = alike._file and files.sheet is not distinct from alike._sheet
),
judged as (
    select rid, value,
        row_number() over same_key as place_of_key,
        first_value(place) over same_key as first_place,
        nth_value(place, 2) over same_key as second_place,
        count(*) over same_key as rows_of_key,
        min(content) over same_key is distinct from max(content) over same_key as differs
    from placed
    window same_key as (
        partition by row_key order by nth rows between unbounded preceding and unbounded following)
)
select $1, rid, $2, value,
    case when differs then 'E201' else 'repeat' end,
    case when not differs then 'the same row stands before in ' || first_place
        else 'another row has the same key and says something else: '
            || case when place_of_key = 1 then second_place else first_place end end
from judged
where rows_of_key > 1 and (differs or place_of_key > 1)
