create or replace table {target} ({columns}, _file varchar, _sheet varchar, _row bigint)
