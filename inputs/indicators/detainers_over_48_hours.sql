/*
title = "Detainers lifted more than 48 hours after they were prepared"
counts = """\
One detainer that was lifted, the person picked up or not, on the third day after the day of preparing or later: then \
it stood for more than 48 hours, whatever the hour. Those without a day of lifting are left out. It is not the time \
in which somebody was held: that begins when the person would else be released, and no file says when. Weekends and \
holidays, which the rule leaves out, are not taken off."""
unit = "percent"
kind = "share"
numerator = "detainers lifted on the third day or later"
denominator = "detainers with a day of lifting"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers", "cube.detainers_lifted"]
bears_on = ["LETTER/VI.a-result", "LETTER/VI.claim-1"]
better = "lower"
period = "fiscal year"
source = "ICE-RECORDS"
note = "How many have no day of lifting is an indicator of its own: detainers_without_lift_time."

# Where no detainer stood for more than 48 hours, nobody was held for longer on one: nought is the bound that the ask
# gives. It would be a part of the ask only (due process is more than hours). Above nought the figure says nothing
# either way, since much of the time is a sentence or a charge of the jail's own: so there is no bound for
# "contradicts".
[[evidence]]
criterion = "LETTER/VI.a-result"
origin = "ICE"
source = "ICE-RECORDS"
partly = "<= 0"
*/
select
    year_from as period_from,
    year_to as period_to,
    '' as grp,
    null::varchar as version,
    sum(over_48_hours) as numerator,
    sum(lifted) as denominator,
    null::double as value,
    sum(lifted) as n
from cube.detainers_lifted
join (select distinct month, year_from, year_to from cube.detainers) as months using (month)
group by year_from, year_to
