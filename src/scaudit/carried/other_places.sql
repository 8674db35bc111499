-- Parameters: table, file, sheet. The places of a part at which there is another row now, or none any more.
insert into made.others
select $1, $2, $3, _row
from {table}
where _file = $2 and _sheet is not distinct from $3 and rowid not in (select rid from staying)
union
select $1, $2, $3, _row
from incoming
where rowid not in (select incoming_rid from staying);
