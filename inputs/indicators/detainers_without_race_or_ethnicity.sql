/*
title = "Detainers without the race and the ethnicity of the person"
counts = "One detainer whose record has neither a race nor an ethnicity: no such column in the file, empty or redacted."
unit = "percent"
kind = "share"
numerator = "detainers with neither race nor ethnicity"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers"]
bears_on = ["LETTER/II.d", "LETTER/V.b-result"]
better = "lower"
period = "fiscal year"
source = "ICE-RECORDS"
note = """\
What cannot be measured: of these the files show no disparity, whether there was one or not. A column that a release \
leaves out may be in the agency's records all the same. No threshold, for that reason."""
*/
select
    year_from as period_from,
    year_to as period_to,
    '' as grp,
    null::varchar as version,
    sum(detainers - with_race_or_ethnicity) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from cube.detainers
group by year_from, year_to
