-- The tables in which models found faults in an earlier run.
select distinct table_name from made.faults;
