-- Parameter: edition. The run that published it last, by what was written down last.
with last as (
    select * from runs
    where edition = $1 and outcome = 'done' and replay_of is null
    order by rowid desc
    limit 1
),
listed as (
    select run_id, to_json(map(list(path order by rowid), list(sha256 order by rowid))) as files
    from run_files
    where run_id in (select run_id from last)
    group by run_id
)
select last.* replace (coalesce(listed.files, last.files) as files)
from last
left join listed on listed.run_id = last.run_id;
