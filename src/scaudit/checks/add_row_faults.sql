-- Parameter: table. Faults inside a row, as its model found them; the code is the first word of the text.
insert into fault
select $1, rid, column_name, value, split_part(error, ' ', 1), substr(error, strpos(error, ' ') + 1)
from row_faults
