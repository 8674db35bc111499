/*
title = "Days from detainer to lifting"
counts = """\
The days from preparing to lifting, the person picked up or not, as a mean of the detainers that have both. Time that \
the person would have been held anyway is in it."""
unit = "days"
kind = "days"
numerator = "days"
denominator = "detainers with a day of lifting"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers", "cube.detainers_lifted"]
bears_on = ["LETTER/VI.a-result", "LETTER/II.claim-2"]
better = "lower"
period = "fiscal year"
source = "ICE-RECORDS"
note = """\
Low and high: the hour of preparing is not known, so that it is up to a day less or more. No threshold: the asks give \
no bound."""
*/
select
    year_from as period_from,
    year_to as period_to,
    '' as grp,
    null::varchar as version,
    sum(days) as numerator,
    sum(lifted) as denominator,
    null::double as value,
    sum(lifted) as n,
    greatest(sum(days) / nullif(sum(lifted), 0) - 1, 0) as low,
    sum(days) / nullif(sum(lifted), 0) + 1 as high
from cube.detainers_lifted
join (select distinct month, year_from, year_to from cube.detainers) as months using (month)
group by year_from, year_to
