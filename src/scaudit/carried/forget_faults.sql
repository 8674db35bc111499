-- Parameter: table. What models found in rows that were read anew is not known any more.
delete from made.faults as f
where f.table_name = $1
    and (
        f.file not in (select taken.file from made.taken as taken where taken.table_name = $1)
        or (f.file, coalesce(f.sheet, ''), f."row") in (
            select (others.file, coalesce(others.sheet, ''), others."row")
            from made.others as others
            where others.table_name = $1
        )
    );
