-- Parameter: path, with the signs of a pattern escaped.
insert into {target} by name select filled(columns(*)::varchar) from read_parquet($1) as part({columns})
