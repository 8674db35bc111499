-- All runs, the one written last first: clocks may be set back, the order of writing is never.
select * from runs order by rowid desc;
