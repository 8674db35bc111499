-- Parameter: table. Whether rows of it were taken over.
select 1 from made.taken where table_name = $1 limit 1;
