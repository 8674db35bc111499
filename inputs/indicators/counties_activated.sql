/*
title = "Roll-out: counties activated so far"
counts = """\
The same counties added up since the first day of the programme. One that was switched on is counted for good."""
unit = "counties"
kind = "count"
population = "counties and equivalents of the 50 states and the District of Columbia"
needs = ["statistics"]
bears_on = ["LETTER/I.a", "LETTER/I.claim-1", "OIG-12-66/R1.a", "LETTER/IV.c"]
better = "none"
by = "series"
period = "whole"
note = "The end of the period is the day for which the total holds. No threshold: the asks want no number of counties."
*/
select
    period_from,
    period_to,
    title as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
join (select series_id, title from clean.series) as series using (series_id)
where series_id in ('counties_activated_cumulative', 'counties_activated_at_milestone')
