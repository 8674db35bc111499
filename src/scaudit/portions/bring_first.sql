-- A table of the results anew, from the first portion.
create schema if not exists {home}.{schema};
create or replace table {home}.{table} as select * from portion.{table};
