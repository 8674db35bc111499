/*
source = "records.detainers"
counts = """\
Detainers lifted on the day of preparing or later, by the month of preparing; those of them lifted on the third day \
after or later, and the days from the one to the other."""
*/
-- By the day first, which is quicker; a day of lifting before that of preparing counts for nothing.
with counted as (
    select
        prepared_on,
        count_if(lifted_on - prepared_on >= 0) as lifted,
        count_if(lifted_on - prepared_on > 2) as over_48_hours,
        sum(greatest(lifted_on - prepared_on, 0)) as days
    from records.detainers
    where lifted_on is not null
    group by prepared_on
)
select
    date_trunc('month', prepared_on) as month,
    sum(lifted)::bigint as lifted,
    sum(over_48_hours)::bigint as over_48_hours,
    sum(days)::bigint as days
from counted
where lifted > 0
group by month
