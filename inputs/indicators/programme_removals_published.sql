/*
title = "Removals through the programme so far, as published"
counts = "One removal through the programme since its first day; by group all, convicted people, or level 1."
unit = "removals"
kind = "count"
population = "people removed through the programme"
needs = ["statistics"]
bears_on = ["LETTER/III.b", "LETTER/III.c"]
better = "none"
by = "who is counted, where, and the source"
period = "whole"
note = "Running totals, of different days: a later one is no rise in a year. No threshold: coded as records already."
*/
select
    period_from,
    period_to,
    title || ', ' || geography || ', ' || source_id as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
join (select series_id, title from clean.series) as series using (series_id)
where series_id in (
    'sc_removals_cumulative', 'sc_removals_convicted_cumulative', 'sc_removals_level1_cumulative',
    'sc_removals_level1_first_figures'
)
