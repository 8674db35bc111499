-- The figures of one indicator and group that can be evidence: in force, and shown.
select figures.period_from, figures.period_to, figures.value, figures.numerator, figures.denominator
from result.figures as figures
join result.measured as measured on measured.indicator_id = figures.indicator_id
where figures.indicator_id = $1 and figures.grp = $2 and figures.in_force and figures.value is not null
order by figures.period_from, figures.period_to, figures.version;
