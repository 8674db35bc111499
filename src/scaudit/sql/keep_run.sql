-- Keeps the parameters and counts of the run beside its results.
create or replace table run as
select
    cast($1 as varchar) as edition,
    cast($2 as date) as as_of,
    cast($3 as date) as known_on,
    cast($4 as varchar) as ruleset,
    cast($5 as varchar) as data_digest,
    cast($6 as bigint) as "read",
    cast($7 as bigint) as loaded,
    cast($8 as bigint) as quarantined,
    coalesce((select bool_or(synthetic) from records_tables), false) as synthetic;
