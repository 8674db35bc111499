-- An input table that all items share.
create table {table} as select * from {whole};
