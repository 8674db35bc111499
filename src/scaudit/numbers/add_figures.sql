-- Adds what the queries of the indicators gave. A figure that names no source has that of its indicator.
insert into result.raw_figures by name
select
    found.indicator_id,
    found.version,
    found.period_from,
    found.period_to,
    coalesce(found.grp, '') as grp,
    found.numerator,
    found.denominator,
    found.value,
    found.low,
    found.high,
    found.n,
    coalesce(found.bound, 'exact') as bound,
    coalesce(found.source_ids, measured.source_ids) as source_ids
from found
join result.measured as measured on measured.indicator_id = found.indicator_id;
