/*
title = "Detainers on people convicted and on people merely charged"
counts = "One detainer, by what the record says of the person: convicted, charges pending only, neither, or nothing."
unit = "percent"
kind = "share"
numerator = "detainers of the group"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers"]
bears_on = ["LETTER/III.d", "LETTER/III.c"]
better = "none"
by = "what the record says of convictions"
period = "fiscal year"
source = "ICE-RECORDS"
note = """\
Who is in fact put under a detainer; the ask is about the written target. No threshold, for that reason. A fiscal \
year of which the files hold a part is counted as far as they go."""
*/
select
    year_from as period_from,
    year_to as period_to,
    unnest(['convicted', 'charged', 'neither', 'not said']) as grp,
    null::varchar as version,
    unnest([
        coalesce(sum(detainers) filter (where conviction = 'convicted'), 0),
        coalesce(sum(detainers) filter (where conviction = 'charged'), 0),
        coalesce(sum(detainers) filter (where conviction = 'neither'), 0),
        coalesce(sum(detainers) filter (where conviction is null), 0)
    ]) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from cube.detainers
group by year_from, year_to
