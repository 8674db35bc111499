-- Nothing is known of files: all are read.
drop table if exists made.files;
drop table if exists made.faults;
drop table if exists made.taken;
drop table if exists made.others;
drop table if exists made.touched;
drop table if exists made.sums;
create or replace table raw.reject (
    table_name varchar, file varchar, sheet varchar, row bigint, "key" varchar, value varchar, rule varchar,
    reason varchar);
