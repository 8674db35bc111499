-- Before the table of runs is made anew.
alter table runs rename to former_runs;
