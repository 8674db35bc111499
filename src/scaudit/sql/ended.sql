-- When the runs ended that were written last, as many as wanted.
select ended_at, outcome from runs order by rowid desc limit ?;
