-- Parameter: table. Whether rows of it were taken over that an earlier run had checked.
select 1 from made.taken as taken
where taken.table_name = $1 and exists (
    select 1 from duckdb_tables()
    where database_name = current_database() and schema_name = 'clean' and table_name = $1
);
