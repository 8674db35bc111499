/*
title = "Roll-out: counties activated in a month"
counts = """\
One county or equivalent for which the programme was switched on in the month, by the day in a data set that \
researchers compiled from lists of ICE. The territories and four county codes, mostly obsolete, are left out."""
unit = "counties"
kind = "count"
population = "counties and equivalents of the 50 states and the District of Columbia"
needs = ["statistics"]
bears_on = ["LETTER/I.a", "LETTER/I.claim-1", "OIG-12-66/R1.a", "LETTER/V.a-practice"]
better = "none"
period = "month"
note = "A month in which none was activated is a nought. No threshold: what the asks want is no number of counties."
*/
select
    period_from,
    period_to,
    '' as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    value,
    null::bigint as n,
    bound,
    [source_id] as source_ids
from clean.statistics
where series_id = 'counties_activated_in_month'
