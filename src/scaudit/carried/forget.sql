-- Parameters: files. The rows of a table that are of others than these go.
delete from {table} where not list_contains($1, _file);
