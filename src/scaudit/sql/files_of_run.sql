-- Parameter: run. What it published, in the order in which it was written down.
select path, sha256 from run_files where run_id = $1 order by rowid;
