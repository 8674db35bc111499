-- The input tables of the database whose name is given.
select table_name from duckdb_tables() where database_name = $1 and schema_name = 'clean' order by table_name;
