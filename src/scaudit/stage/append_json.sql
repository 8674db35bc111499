-- Parameter: the pointer to each member, in the order of the cells.
insert into {target} by name
select {cells}, _row
from (select json_extract(line, $1) as cells, rowid + 1 as _row from reading_json where fault is null)
