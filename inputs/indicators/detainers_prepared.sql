/*
title = "Detainers prepared in a month"
counts = """\
One detainer, by the day on which it was prepared. One person may have several; whether it was sent or honoured is \
left out, and so are records without a day."""
unit = "detainers"
kind = "count"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers"]
bears_on = ["LETTER/VI.d-practice"]
better = "lower"
period = "month"
event = "2012-12-21"
source = "ICE-RECORDS"
note = """\
The event is the memo on detainers of 21 December 2012 (ICE-DET-2012-12). A count that falls is a weaker measure of a \
narrower class. No threshold: the ask is about a change, and a month shows none."""
*/
select
    month as period_from,
    month_to as period_to,
    '' as grp,
    null::varchar as version,
    sum(detainers) as numerator,
    null::double as denominator,
    null::double as value,
    sum(detainers) as n
from cube.detainers
group by month, month_to
