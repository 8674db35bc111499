-- Parameter: table. Rows of the results that were published last whose key stands in no row of the table now, with
-- the place where they stood. A row that cannot be read as a row is in quarantine, so it has not vanished; the first
-- part of its key is known at best, and it speaks for one row with that part only.
with found as (
    select {key}, {first_key} as first_part, _file, _row, true as earlier from {was}
    union all
    select {key}, {first_key}, null, null, false from {raw}
),
missing as (
    select
        first_part, concat_ws(' ', {key}) as "key", min(row(_file, _row)) as place,
        count(*) over (partition by first_part) as together
    from found
    where first_part is not null
    group by {key}, first_part
    having bool_and(earlier)
),
unread as (
    select "key" as first_part, count(*) as many from raw.reject where table_name = $1 and "key" is not null group by all
)
select missing."key", missing.place[1] as file, missing.place[2] as "row"
from missing
left join unread on unread.first_part = missing.first_part
where together > coalesce(many, 0)
order by file, "row", missing."key";
