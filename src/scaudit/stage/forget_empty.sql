-- A row of empty cells only is no row. Rows without a file are those of the part just read.
delete from {target} where _file is null and {first_key} is null and coalesce({columns}) is null
