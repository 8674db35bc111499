-- Parameter: path, with the signs of a pattern escaped.
select column_name, column_type from (describe select * from read_parquet($1))
