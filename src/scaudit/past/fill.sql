-- Rows of one run, and those of the other that it lacks, since rows of the other may refer to them.
create or replace view clean.{table} as
select * from {own}.clean.{table}
union all by name
select lacking.* from {other}.clean.{table} as lacking
anti join {own}.clean.{table} as own on own.{key} = lacking.{key};
