describe select * from read_parquet($1)
