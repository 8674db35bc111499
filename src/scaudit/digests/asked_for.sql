-- Parameter: digest. All that the run was made from and asked for.
create or replace table made.whole as select $1 as digest;
