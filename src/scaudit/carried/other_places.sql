-- Parameters: file, sheet, first and last place, table. The places of a part, between these two, at which there is
-- another row now, or none any more.
insert into made.others
select $5, $1, $2, _row
from {table}
where _file = $1 and _sheet is not distinct from $2 and _row between $3 and $4 and rowid not in (select rid from staying)
union
select $5, $1, $2, _row
from incoming
where rowid not in (select incoming_rid from staying);
