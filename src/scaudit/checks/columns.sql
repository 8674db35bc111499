-- Parameter: table. All its columns, those beyond the contract too, but not the place of the row.
select column_name
from duckdb_columns()
where schema_name = 'raw' and table_name = $1 and not internal and column_name not in ('_file', '_sheet', '_row')
order by column_index
