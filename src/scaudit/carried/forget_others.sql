-- Parameters: file, sheet, first and last place. The rows of a part between two places that are others now go.
delete from {table}
where _file = $1 and _sheet is not distinct from $2 and _row between $3 and $4 and rowid not in (select rid from staying);
