/*
title = "Local cost of holds in a year, as estimated"
counts = """\
Dollars a year that holding people on detainers costs the jails of the place, as an advocacy organisation estimated \
it from records of jails."""
unit = "US dollars a year"
kind = "amount"
population = "people held on a detainer"
needs = ["statistics"]
bears_on = ["LETTER/II.a", "LETTER/II.claim-2"]
better = "lower"
by = "place"
period = "year"
note = """\
Published estimates, not ours. They rest on 20.6 extra days a person (COLORLINES-2012); ICE answers that it takes \
custody within hours and that jails must release after 48 hours (SCPR-2012), under which the cost would be far lower. \
No source that was read gives the cost of a day, so no cost is computed from days here. No threshold: coded as \
records already."""
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
where series_id = 'detainer_cost_estimate'
