/*
title = "Why detainers were lifted"
counts = """\
One detainer, by the reason of lifting in the record, in the words of the files. Booked into Detention is a pick-up \
by ICE; no reason means that none is recorded, or that it still stands. Over all years in the files."""
unit = "percent"
kind = "share"
numerator = "detainers lifted for the reason"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers", "cube.lift_reasons"]
bears_on = ["LETTER/VI.c", "LETTER/VI.a-result"]
better = "none"
by = "reason of lifting"
period = "whole"
source = "ICE-RECORDS"
note = """\
What cannot be measured: somebody who was let go without a detainer has no row in these files, so they cannot give \
the statistic that the letter asks for. The nearest are detainers that were lifted by prosecutorial discretion; for \
whom no reason is recorded is detainers_without_lift_reason. No threshold."""
*/
select
    (select min(month) from cube.detainers) as period_from,
    (select max(month_to) from cube.detainers) as period_to,
    coalesce(lift_reason, 'no reason') as grp,
    null::varchar as version,
    detainers as numerator,
    sum(detainers) over () as denominator,
    null::double as value,
    sum(detainers) over () as n
from cube.lift_reasons
