-- Parameter: table. Whether an earlier run had typed its rows.
select 1 from duckdb_tables()
where database_name = current_database() and schema_name = 'clean' and table_name = $1;
