-- The rows of an input table that are of the items of the portion.
create table {table} as
select * from {whole} where {column} in (select {column} from chosen);
