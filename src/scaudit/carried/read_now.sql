-- Parameter: table. The rows that were read now: those of files that were not taken over, and those at places at which
-- there is another row now.
create or replace temp table read_now as
select r.rowid as rid
from {raw} as r
where r._file not in (select taken.file from made.taken as taken where taken.table_name = $1)
    or (r._file, coalesce(r._sheet, ''), r._row) in (
        select (others.file, coalesce(others.sheet, ''), others."row")
        from made.others as others
        where others.table_name = $1
    );
