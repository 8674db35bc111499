-- The columns of every input table of the results that were published last.
select table_name, list(column_name)
from duckdb_columns()
where database_name = 'published' and schema_name = 'raw'
group by table_name;
