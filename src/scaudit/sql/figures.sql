-- Every figure, by indicator, group, version and period.
select
    indicator_id, version, period_from, period_to, grp, numerator, denominator, value, low, high, n, in_force,
    suppressed, bound, source_ids
from result.figures
order by indicator_id, grp, version, period_from, period_to, source_ids;
