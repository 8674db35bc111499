-- Whether the ledger is of an engine that knew no killed runs, and refuses them.
select 1 from duckdb_constraints()
where database_name = current_database() and table_name = 'runs' and constraint_type = 'CHECK';
