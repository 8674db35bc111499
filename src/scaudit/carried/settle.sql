-- Parameter: table. The rows that were taken over of which the typed rows are there: those that had no fault.
insert into settled
select r.rowid
from {raw} as r
where r._file in (select taken.file from made.taken as taken where taken.table_name = $1)
    and not exists (
        select 1 from made.others as others
        where others.table_name = $1 and others.file = r._file and others.sheet is not distinct from r._sheet
            and others."row" = r._row
    )
    and not exists (
        select 1 from quarantine as held
        where held.table_name = $1 and held.file = r._file and held.sheet is not distinct from r._sheet
            and held."row" = r._row
    );
