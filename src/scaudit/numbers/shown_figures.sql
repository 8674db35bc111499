-- The figures of one indicator that may be shown, of periods that had ended by a day if one is given.
select grp, version, period_from, period_to, numerator, denominator, value, n, in_force
from result.figures
where indicator_id = $1 and value is not null and period_to <= coalesce(cast($2 as date), period_to)
order by grp, version, period_from, period_to;
