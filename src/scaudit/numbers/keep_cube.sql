-- Keeps what a cube counted.
create or replace table {cube} as select * from counted;
