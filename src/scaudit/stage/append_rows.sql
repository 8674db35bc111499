insert into {target} by name select * from reading_rows
