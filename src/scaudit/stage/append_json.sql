-- Parameter: the structure to read from each object, every member as text.
insert into {target} by name
select nullif(columns(* exclude (_row)), ''), _row
from (
    select unnest(from_json(line, $1)), number as _row
    from (select line, rowid + 1 as number from reading_json where kind = 'OBJECT')
)
