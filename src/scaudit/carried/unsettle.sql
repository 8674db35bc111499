-- Parameter: table. Typed rows go that are of other files, of none, of other rows, or have a fault now.
delete from {clean} as c
where c._file is null
    or c._file not in (select taken.file from made.taken as taken where taken.table_name = $1)
    or (c._file, coalesce(c._sheet, ''), c._row) in (
        select (others.file, coalesce(others.sheet, ''), others."row")
        from made.others as others
        where others.table_name = $1
        union all
        select (r._file, coalesce(r._sheet, ''), r._row)
        from {raw} as r
        where r.rowid in (select f.rid from fault as f where f.table_name = $1)
    )
returning criterion_id;
