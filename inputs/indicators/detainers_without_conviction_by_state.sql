/*
title = "Detainers on people without a conviction, by state"
counts = """\
One detainer on a person whom the record does not call convicted, by the state of the facility it was sent to, over \
all years in the files. Facilities without a state are left out."""
unit = "percent"
kind = "share"
numerator = "detainers on people not called convicted"
denominator = "detainers of the state"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers", "cube.detainers_by_state"]
bears_on = ["LETTER/II.d", "LETTER/V.b-result", "LETTER/V.c-penalties"]
better = "lower"
by = "state of the facility"
period = "whole"
funnel = true
source = "ICE-RECORDS"
note = """\
A state outside the funnel is one to look at and no finding against it: states differ in whom their police arrest, in \
what their courts count as a conviction and in what they report. No threshold."""
*/
select
    (select min(month) from cube.detainers) as period_from,
    (select max(month_to) from cube.detainers) as period_to,
    state as grp,
    null::varchar as version,
    sum(detainers) - sum(convicted) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from cube.detainers_by_state
where state is not null and convicted is not null
group by state
