/*
title = "Removals by ICE in a fiscal year, as published"
counts = "One removal by ICE, through the programme or not; by group all, convicted people, or from the interior only."
unit = "removals"
kind = "count"
population = "people removed by ICE, through the programme or not"
needs = ["statistics"]
bears_on = ["LETTER/III.b", "LETTER/III.c"]
better = "none"
by = "who is counted, and the source"
period = "fiscal year"
note = "The groups overlap. No threshold: coded as records already."
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
where series_id in (
    'ice_removals_total', 'ice_removals_convicted', 'ice_removals_interior', 'ice_removals_interior_convicted'
)
