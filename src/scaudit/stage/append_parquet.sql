-- Parameter: path.
insert into {target} by name select nullif(columns(*)::varchar, '') from read_parquet($1)
