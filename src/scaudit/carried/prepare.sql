-- What is known of the files that were read, in the order in which they were; of the faults that models found in their
-- rows; which were taken over this time, as an earlier run had read them, but for the rows at some places; and the
-- criteria of which a record is another now.
create schema if not exists made;
create table if not exists made.files (
    table_name varchar, nth integer, file varchar, sheet varchar, sha256 varchar, "rows" bigint, header varchar[]
);
create table if not exists made.faults (
    table_name varchar, file varchar, sheet varchar, "row" bigint, column_name varchar, value varchar, rule varchar,
    reason varchar
);
create or replace table made.taken (table_name varchar, file varchar);
create or replace table made.touched (criterion_id varchar);
create or replace table made.others (table_name varchar, file varchar, sheet varchar, "row" bigint);
