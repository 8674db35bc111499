-- Parameters: run, paths, digests. What it published.
insert into run_files select $1, unnest($2), unnest($3);
