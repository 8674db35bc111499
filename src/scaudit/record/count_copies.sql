select count(*) from duckdb_tables() where schema_name = 'record_sheets' and not internal
