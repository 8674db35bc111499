-- Parameter: file. The rows of a file that are there.
select count(*) from {table} where _file = $1 and _sheet is null;
