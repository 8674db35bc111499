/*
title = "Detainers in single months, as published"
counts = """\
One detainer in the month, or one after which ICE took the person into custody, as researchers counted case records. \
Only the months that their texts name."""
unit = "detainers"
kind = "count"
population = "detainers of all ICE programmes"
needs = ["statistics"]
bears_on = ["LETTER/VI.d-practice"]
better = "lower"
by = "what is counted, and the report"
period = "month"
event = "2012-12-21"
note = """\
The peak of August 2011 is that of one report (TRAC-458); another of the same publisher (TRAC-479) puts the peak in \
March 2011 and gives no number in the part that was read. Too few months for a test of the memo of 21 December 2012. \
No threshold: these figures are coded as records already."""
*/
select
    period_from,
    period_to,
    title || ', ' || source_id as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
join (select series_id, title from clean.series) as series using (series_id)
where series_id in ('detainers_in_month', 'detainers_followed_by_custody_in_month')
