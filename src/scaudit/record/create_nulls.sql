create or replace table records_nulls (table_name varchar, file varchar, "column" varchar, reason varchar, rows bigint)
