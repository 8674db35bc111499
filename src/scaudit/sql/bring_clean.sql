-- An input table of the rows that were given.
create table clean.{table} as select * from given;
