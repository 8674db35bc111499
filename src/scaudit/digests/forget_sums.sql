-- What is known of the records of criteria goes where one of them is another now, was worked out by this run, or names
-- what is another now.
delete from made.sums
where criterion_id in (
    select criterion_id from made.touched
    union all
    select criterion_id from clean.evidence where _file is null
    union all
    select evidence.criterion_id
    from clean.evidence as evidence
    semi join changed_names on changed_names.kind = 'source' and changed_names.id = evidence.source_id
    union all
    select evidence.criterion_id
    from clean.evidence as evidence
    semi join changed_names on changed_names.kind = 'source' and changed_names.id = evidence.quoted_source_id
    union all
    select evidence.criterion_id
    from clean.evidence as evidence
    semi join changed_names on changed_names.kind = 'body' and changed_names.id = evidence.origin_id
);
