-- Parameter: table. The rows that were read now, without their places.
select r.rowid as rid, r.* exclude (_file, _sheet, _row)
from {raw} as r
where r._file not in (select taken.file from made.taken as taken where taken.table_name = $1)
    or (r._file, coalesce(r._sheet, ''), r._row) in (
        select (others.file, coalesce(others.sheet, ''), others."row")
        from made.others as others
        where others.table_name = $1
    )
