-- What is known of the records of criteria goes where one of them is another now, or was worked out by this run.
delete from made.sums
where criterion_id in (
    select criterion_id from made.touched
    union all
    select criterion_id from clean.evidence where _file is null
);
