-- Parameter: table. The rows of which no typed row is there: those read anew, and those that had a fault.
insert into unsettled
select r.rowid
from {raw} as r
where r._file not in (select taken.file from made.taken as taken where taken.table_name = $1)
    or (r._file, coalesce(r._sheet, ''), r._row) in (
        select (others.file, coalesce(others.sheet, ''), others."row")
        from made.others as others
        where others.table_name = $1
        union all
        select (held.file, coalesce(held.sheet, ''), held."row")
        from quarantine as held
        where held.table_name = $1
    );
