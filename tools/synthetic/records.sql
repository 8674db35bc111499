-- Every record with its day, in order. `daily` has the number of records of every day.
create or replace table records as
select row_number() over () as record, day from (select day, unnest(range(count)) from daily order by day);
