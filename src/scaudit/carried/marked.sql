-- Whether a database is a copy of what an earlier run published.
select 1 from duckdb_tables()
where database_name = current_database() and schema_name = 'made' and table_name = 'copied';
