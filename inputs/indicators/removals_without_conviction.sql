/*
title = "Removals of people without a conviction"
counts = """\
One removal of a person whose most serious charge is not recorded as convicted: pending, overturned, or no charge \
recorded. Whether a conviction was missed is not known."""
unit = "percent"
kind = "share"
numerator = "removals of people not recorded as convicted"
denominator = "removals"
population = "people removed by ICE in the released files, through the programme or not"
needs = ["cube.removals"]
bears_on = ["LETTER/III.c", "LETTER/III.b"]
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
    coalesce(sum(removals) filter (where conviction is distinct from 'convicted'), 0) as numerator,
    sum(removals) as denominator,
    null::double as value,
    sum(removals) as n
from cube.removals
group by month, month_to
having count(conviction) > 0
