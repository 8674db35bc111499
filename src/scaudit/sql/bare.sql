-- Parameters: as-of day, known-on day, ruleset. The place in which attached grounds are scored: no rows, a run without
-- a name and without counts.
create schema clean;
create table run as
select
    '' as edition,
    cast($1 as date) as as_of,
    cast($2 as date) as known_on,
    cast($3 as varchar) as ruleset,
    '' as data_digest,
    0 as "read",
    0 as loaded,
    0 as quarantined,
    false as synthetic;
