insert into {copy} by name select * from record_lines
