/*
title = "Removals by conviction and level, as published by several bodies"
counts = """\
The part of the removals of the period that its group names. Each body counts people of its own choice, by its own \
definition: they stand side by side and are never averaged."""
unit = "percent"
kind = "share"
numerator = "removals of the group"
denominator = "removals that the group is a part of"
population = "people removed by ICE, or through the programme, as the group says"
needs = ["statistics"]
bears_on = ["LETTER/III.b", "LETTER/III.c", "LETTER/III.claim-2", "LETTER/III.claim-3"]
better = "none"
by = "what is counted, and the source"
period = "fiscal year"
note = "The groups have different wholes and overlap: no two of them add up. No threshold: coded as records already."
*/
select
    period_from,
    period_to,
    title || ', ' || source_id as grp,
    null::varchar as version,
    null::double as numerator,
    denominator,
    value / 100 as value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
join (select series_id, title from clean.series) as series using (series_id)
where series_id in (
    'ice_removals_share_criminal', 'ice_removals_share_level1_of_criminal', 'ice_removals_share_level2_of_criminal',
    'ice_deportees_share_level1', 'sc_removals_share_convicted', 'sc_removals_share_level3',
    'sc_removals_share_no_conviction', 'sc_removals_share_no_or_minor'
)
