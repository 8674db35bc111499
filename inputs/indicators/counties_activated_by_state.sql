/*
title = "Roll-out: counties activated, by state"
counts = "The same counties by state; the period runs from the first activation in the state to the last."
unit = "counties"
kind = "count"
population = "counties and equivalents of the 50 states and the District of Columbia"
needs = ["statistics"]
bears_on = ["LETTER/I.a", "LETTER/I.claim-1", "LETTER/V.a-practice"]
better = "none"
by = "state"
period = "whole"
note = "No threshold: the asks want no number of counties."
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
where series_id = 'counties_activated_by_state'
