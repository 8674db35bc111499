-- Rows without a row number are those of the file being read.
delete from {target} where _row is null
