-- Parameter: table. The rows that were read now, without their places.
select rowid as rid, * exclude (_file, _sheet, _row)
from {raw}
where _file not in (select taken.file from made.taken as taken where taken.table_name = $1)
