-- The rows of one table that are of the chosen items or criteria, in their order.
create view {table} as select * from {whole} semi join {chosen} using ({column});
