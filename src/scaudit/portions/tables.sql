-- Parameters: database, schemas. The tables in them, and by which column each is an item's: by the criterion where it
-- has one, else by the item; none where all items share it.
select
    tables.schema_name,
    tables.table_name,
    case
        when bool_or(columns.column_name = 'criterion_id') then 'criterion_id'
        when bool_or(columns.column_name = 'item_id') then 'item_id'
    end as narrowed_by
from duckdb_tables() as tables
join duckdb_columns() as columns using (database_name, schema_name, table_name)
where tables.database_name = $1 and list_contains($2, tables.schema_name)
group by all
order by all;
