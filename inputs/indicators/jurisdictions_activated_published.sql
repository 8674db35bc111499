/*
title = "Roll-out: jurisdictions activated so far, as published"
counts = """\
One jurisdiction in which the programme had been switched on, by the count of ICE, whoever printed it. Those of the \
territories are counted, so this is no count of counties."""
unit = "jurisdictions"
kind = "count"
population = "jurisdictions of the states, the District of Columbia and, in time, five territories"
needs = ["statistics"]
bears_on = ["LETTER/I.a", "LETTER/I.claim-1", "LETTER/II.c-accessible"]
better = "none"
by = "source"
period = "whole"
note = "The end of the period is the day for which the total holds. No threshold: the asks want no number."
*/
select
    period_from,
    period_to,
    source_id as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
where series_id = 'jurisdictions_activated_cumulative'
