/*
title = "Detainers on people without a conviction"
counts = """\
One detainer on a person whom the record does not call convicted: charged only, neither, or not said. Whether a \
conviction elsewhere was missed is not known."""
unit = "percent"
kind = "share"
numerator = "detainers on people not called convicted"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers"]
bears_on = ["LETTER/III.c", "LETTER/VI.d-practice"]
better = "lower"
period = "month"
event = "announcement"
source = "ICE-RECORDS"
note = """\
A month in which no record says anything of it, as where a release lacks the column, has no figure. No threshold: the \
ask is that the share falls, and one month shows no fall."""
*/
select
    month as period_from,
    month_to as period_to,
    '' as grp,
    null::varchar as version,
    coalesce(sum(detainers) filter (where conviction is distinct from 'convicted'), 0) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from cube.detainers
group by month, month_to
having count(conviction) > 0
