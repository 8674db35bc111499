-- The typed rows that were not there yet.
insert into made.touched select distinct criterion_id from fit;
insert into {clean} by name select * from fit;
drop table fit;
