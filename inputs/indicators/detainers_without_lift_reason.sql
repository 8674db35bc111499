/*
title = "Detainers without a reason of lifting"
counts = """\
One detainer whose record has no reason of lifting: not recorded, redacted, or it still stands. Over all years in the \
files."""
unit = "percent"
kind = "share"
numerator = "detainers without a reason of lifting"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers", "cube.lift_reasons"]
bears_on = ["LETTER/VI.c", "LETTER/II.c-accurate"]
better = "lower"
period = "whole"
source = "ICE-RECORDS"
note = """\
What cannot be measured: of these the files do not say how the detainer ended. No threshold: the ask gives no bound."""
*/
select
    (select min(month) from cube.detainers) as period_from,
    (select max(month_to) from cube.detainers) as period_to,
    '' as grp,
    null::varchar as version,
    coalesce(sum(detainers) filter (where lift_reason is null), 0) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from cube.lift_reasons
