-- Rows without a row number are those of the file being read; they lie in file order, so rowid counts them.
select count(*), coalesce(min(rowid), 0) from {target} where _row is null
