-- Parameter: table. What the model had found in the rows that were taken over.
insert into fault
select $1, r.rowid, f.column_name, f.value, f.rule, f.reason
from made.faults as f
join {raw} as r on r._file = f.file and r._sheet is not distinct from f.sheet and r._row = f."row"
where f.table_name = $1 and r.rowid not in (select rid from read_now);
