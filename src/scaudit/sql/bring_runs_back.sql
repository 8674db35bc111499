-- The runs of the former table, in the order in which they were written.
insert into runs by name select * from former_runs order by rowid;
drop table former_runs;
