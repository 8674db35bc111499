-- Parameters: use, table. The rows of a table that say of which item they are.
insert into told
with numbered as (
    select item_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number
    from {table}
)
select item_id, $1, $2, in_one(number), count(*)
from numbered
group by item_id;
