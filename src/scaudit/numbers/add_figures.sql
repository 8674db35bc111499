-- Adds what the queries of the indicators gave.
insert into result.raw_figures by name
select
    indicator_id, version, period_from, period_to, coalesce(grp, '') as grp, numerator, denominator, value, low,
    high, n, coalesce(bound, 'exact') as bound, coalesce(source_ids, cast([] as varchar[])) as source_ids
from found;
