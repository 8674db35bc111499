-- Parameter: table. Keeps what the model found in the files that were read, under the places of the rows.
insert into made.faults
select $1, r._file, r._sheet, r._row, f.column_name, f.value, f.rule, f.reason
from fault as f
join {raw} as r on r.rowid = f.rid
where f.table_name = $1;
