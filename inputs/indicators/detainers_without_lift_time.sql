/*
title = "Detainers without a usable day of lifting"
counts = "One detainer whose record has no day of lifting, or one before the day of preparing."
unit = "percent"
kind = "share"
numerator = "detainers without a usable day of lifting"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers", "cube.detainers_lifted"]
bears_on = ["LETTER/VI.a-result", "LETTER/II.c-accurate"]
better = "lower"
period = "fiscal year"
source = "ICE-RECORDS"
note = """\
What cannot be measured: for these nobody can say from the files how long the detainer stood. Most releases have no \
day of lifting at all; some detainers may still stand. No threshold: the ask gives no bound."""
*/
select
    year_from as period_from,
    year_to as period_to,
    '' as grp,
    null::varchar as version,
    sum(detainers) - coalesce(sum(lifted), 0) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from (select month, year_from, year_to, sum(detainers) as detainers from cube.detainers group by all) as months
left join cube.detainers_lifted using (month)
group by year_from, year_to
