-- All runs, the one written last first: clocks may be set back, the order of writing is never.
with listed as (
    select run_id, to_json(map(list(path order by rowid), list(sha256 order by rowid))) as files
    from run_files
    group by run_id
)
select runs.* replace (coalesce(listed.files, runs.files) as files)
from runs
left join listed on listed.run_id = runs.run_id
order by runs.rowid desc;
