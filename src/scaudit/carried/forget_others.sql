-- Parameters: file, sheet. The rows of a part that are others now go.
delete from {table}
where _file = $1 and _sheet is not distinct from $2 and rowid not in (select rid from staying);
