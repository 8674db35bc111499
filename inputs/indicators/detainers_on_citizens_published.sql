/*
title = "Detainers on citizens and permanent residents, as published"
counts = """\
One detainer on a person whom the records call a citizen of the United States, or a lawful permanent resident. A \
permanent resident may be removable."""
unit = "detainers"
kind = "count"
population = "detainers of all ICE programmes"
needs = ["statistics"]
bears_on = ["LETTER/VI.a-result", "LETTER/VI.claim-1"]
better = "lower"
by = "who is named"
period = "whole"
note = "Requests, not holds. No threshold: coded as records already."
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
where series_id in ('detainers_on_us_citizens', 'detainers_on_permanent_residents')
