-- Parameter: table. What models found in files that were read anew is not known any more.
delete from made.faults
where table_name = $1 and file not in (select taken.file from made.taken as taken where taken.table_name = $1);
