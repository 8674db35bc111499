-- The typed rows that were not there yet.
insert into {clean} by name select * from fit;
drop table fit;
