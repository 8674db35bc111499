/*
title = "Detainers on convicted people without a threat level"
counts = "One detainer on a person whom the record calls convicted and who has none of the threat levels 1 to 3."
unit = "percent"
kind = "share"
numerator = "detainers on convicted people without a level"
denominator = "detainers on convicted people"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers"]
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
    coalesce(sum(detainers) filter (where level is null or level not in (1, 2, 3)), 0) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from cube.detainers
where conviction = 'convicted'
group by year_from, year_to
