/*
title = "Removals of convicted people without a threat level"
counts = "One removal of a person recorded as convicted who has none of the threat levels 1 to 3."
unit = "percent"
kind = "share"
numerator = "removals of convicted people without a level"
denominator = "removals of convicted people"
population = "people removed by ICE in the released files, through the programme or not"
needs = ["cube.removals"]
bears_on = ["LETTER/II.b-practice", "LETTER/II.c-accurate"]
better = "lower"
period = "fiscal year"
source = "ICE-RECORDS"
note = "What cannot be measured: these stand in no comparison by level. No threshold: the asks give no bound."
*/
select
    year_from as period_from,
    year_to as period_to,
    '' as grp,
    null::varchar as version,
    coalesce(sum(removals) filter (where level is null or level not in (1, 2, 3)), 0) as numerator,
    sum(removals) as denominator,
    null::double as value,
    sum(removals) as n
from cube.removals
where conviction = 'convicted'
group by year_from, year_to
