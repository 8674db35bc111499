/*
source = "records.detainers"
counts = """\
Detainers lifted on the day of preparing or later, by the month of preparing; those of them lifted on the third day \
after or later, and the days from the one to the other."""
*/
-- By the day first, which is quicker.
with counted as (
    select
        prepared_on,
        count(*) as lifted,
        count_if(lifted_on - prepared_on > 2) as over_48_hours,
        sum(lifted_on - prepared_on) as days
    from records.detainers
    where lifted_on >= prepared_on
    group by prepared_on
)
select
    date_trunc('month', prepared_on) as month,
    sum(lifted)::bigint as lifted,
    sum(over_48_hours)::bigint as over_48_hours,
    sum(days)::bigint as days
from counted
group by month
