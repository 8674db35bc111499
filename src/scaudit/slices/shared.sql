-- The rows of one table that all items share.
create view {table} as select * from {whole};
