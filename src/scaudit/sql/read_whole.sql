-- Reads every value of a table.
select sum(hash(t)) from {table} as t;
