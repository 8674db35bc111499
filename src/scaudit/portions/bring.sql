-- The rows of a table of the results, from one more portion.
insert into {home}.{table} by name select * from portion.{table};
