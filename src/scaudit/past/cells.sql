-- Parameter: table. Adds, of every row that stood in the former inputs, the cells that the latter do not have alike: all
-- of them where the row is gone. Where a key stands several times, none: nobody could say which became which.
insert into past.cells
with single as (
    select key_id, any_value(concat_ws(' ', {key})) as "key"
    from past.differing
    where unread is null
    group by key_id
    having sum(had) = 1 and sum(has) <= 1
),
cells as (
    select *
    from (select key_id, had, {columns} from past.differing where unread is null)
    unpivot include nulls (cell for column_name in ({columns}))
)
select $1, single."key", column_name, max(cell) filter (had > 0) as was, max(cell) filter (had = 0) as "now"
from cells
join single on single.key_id = cells.key_id
group by single."key", column_name
having was is distinct from "now";
