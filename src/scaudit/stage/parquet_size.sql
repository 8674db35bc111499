-- Parameter: path. The rows, then the signs of every column as text.
select count(*), sum(strlen(columns(*)::varchar)) from read_parquet($1)
