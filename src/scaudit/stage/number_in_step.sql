-- Parameter: the row number of the first record. Rows lie in file order, so rowid counts them.
update {target}
set _row = rowid - (select min(rowid) from {target} where _row is null) + $1
where _row is null
