create schema if not exists raw;
create or replace table raw.reject (
    table_name varchar, file varchar, sheet varchar, row bigint, value varchar, rule varchar, reason varchar)
