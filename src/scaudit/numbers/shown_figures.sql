-- The figures of one indicator that may be shown.
select grp, version, period_from, period_to, numerator, denominator, value, n, in_force
from result.figures
where indicator_id = $1 and value is not null
order by grp, version, period_from, period_to;
