-- Parameter: table.
insert into quarantine
select $1, r._file, r._sheet, r._row, shown(concat_ws(' ', {key})), f.column_name, shown(f.value), f.rule, f.reason
from fault as f
join {raw} as r on r.rowid = f.rid
where f.table_name = $1
order by f.rid, f.rule, f.column_name
