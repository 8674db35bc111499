-- Parameters: table, files. So do those that could not be read.
delete from raw.reject where table_name = $1 and not list_contains($2, file);
