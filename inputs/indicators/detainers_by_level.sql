/*
title = "Detainers by threat level"
counts = """\
One detainer, by the threat level in the record when it was prepared: 1 is the most serious. Researchers found that \
many people at level 1 had only traffic or immigration convictions (F125)."""
unit = "percent"
kind = "share"
numerator = "detainers of the level"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers"]
bears_on = ["LETTER/III.c", "LETTER/VI.d-practice"]
better = "none"
by = "threat level"
period = "month"
event = "announcement"
source = "ICE-RECORDS"
note = """\
A month in which no record says anything of it, as where a release lacks the column, has no figure. A level may be \
given for a charge or for a conviction. No threshold: the ask is about a change."""
*/
select
    month as period_from,
    month_to as period_to,
    unnest(['level 1', 'level 2', 'level 3', 'no level']) as grp,
    null::varchar as version,
    unnest([
        coalesce(sum(detainers) filter (where level = 1), 0),
        coalesce(sum(detainers) filter (where level = 2), 0),
        coalesce(sum(detainers) filter (where level = 3), 0),
        coalesce(sum(detainers) filter (where level is null or level not in (1, 2, 3)), 0)
    ]) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from cube.detainers
group by month, month_to
having count(level) > 0
