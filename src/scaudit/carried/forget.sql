-- Parameters: files, sheets. The rows of a table that are of other parts than these go.
delete from {table}
where (_file, coalesce(_sheet, '')) not in (select (unnest($1), coalesce(unnest($2::varchar[]), '')));
