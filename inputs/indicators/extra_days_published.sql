/*
title = "Extra days in custody with a detainer, as published"
counts = "Days that a person with a detainer stayed in jail beyond others, as a mean."
unit = "days"
kind = "days"
population = "people held on a detainer"
needs = ["statistics"]
bears_on = ["LETTER/II.a", "LETTER/II.claim-2", "LETTER/VI.a-result"]
better = "lower"
by = "place"
period = "year"
note = "One county, preliminary, and disputed by ICE (SCPR-2012). No threshold: coded as records already."
*/
select
    period_from,
    period_to,
    geography as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
where series_id = 'extra_days_in_custody_on_detainer'
