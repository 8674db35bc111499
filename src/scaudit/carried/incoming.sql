-- What is read anew of a part lies here first.
create or replace temp table incoming as select * from {table} limit 0;
