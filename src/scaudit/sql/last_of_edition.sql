-- Parameter: edition. The run that published it last, by what was written down last.
select * from runs
where edition = $1 and outcome = 'done' and replay_of is null
order by rowid desc
limit 1;
