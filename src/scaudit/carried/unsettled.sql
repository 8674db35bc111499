-- Parameter: table. The rows of which no typed row is there: those read now, and those that had a fault.
insert into unsettled
select rid from read_now
union
select r.rowid
from {raw} as r
where (r._file, coalesce(r._sheet, ''), r._row) in (
        select (held.file, coalesce(held.sheet, ''), held."row")
        from quarantine as held
        where held.table_name = $1
    );
