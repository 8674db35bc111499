-- Parameter: path.
insert into {target} by name select filled(columns(*)::varchar) from read_parquet($1) as part({columns})
