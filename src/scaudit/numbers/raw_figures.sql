-- What the queries gave, one row a figure with its place, and what it tells of records: whether it is a share of them or a
-- count, how many it rests on, and whether it should say so and does not.
-- A value that a query does not give is its numerator over its denominator, or its numerator.
select
    raw.rowid as place,
    raw.indicator_id,
    coalesce(raw.version, '') as version,
    raw.period_from,
    raw.grp,
    -- people are people, whether a query gives their count as numerator or as value
    coalesce(raw.numerator, case when measured.kind = 'count' then raw.value end) as numerator,
    raw.denominator,
    raw.low,
    raw.high,
    measured.kind = 'share' and raw.numerator is not null and raw.denominator > 0 as is_share,
    measured.kind in ('share', 'count') and measured.counted as is_counted,
    case when measured.counted then raw.n end as records,
    measured.counted and measured.kind not in ('share', 'count') and raw.n is null as lacks_records
from result.raw_figures as raw
join result.measured as measured on measured.indicator_id = raw.indicator_id
order by place;
