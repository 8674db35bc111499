/*
title = "Removals of people convicted and of people merely charged"
counts = """\
One removal, by the status of the most serious charge: convicted, pending, another one, or no charge recorded."""
unit = "percent"
kind = "share"
numerator = "removals of the group"
denominator = "removals"
population = "people removed by ICE in the released files, through the programme or not"
needs = ["cube.removals"]
bears_on = ["LETTER/III.d", "LETTER/III.c"]
better = "none"
by = "status of the most serious charge"
period = "fiscal year"
source = "ICE-RECORDS"
note = "Who is in fact removed; the ask is about the written target. No threshold, for that reason."
*/
select
    year_from as period_from,
    year_to as period_to,
    unnest(['convicted', 'charged', 'another status', 'no charge recorded']) as grp,
    null::varchar as version,
    unnest([
        coalesce(sum(removals) filter (where conviction = 'convicted'), 0),
        coalesce(sum(removals) filter (where conviction = 'charged'), 0),
        coalesce(sum(removals) filter (where conviction = 'other'), 0),
        coalesce(sum(removals) filter (where conviction is null), 0)
    ]) as numerator,
    sum(removals) as denominator,
    null::double as value,
    sum(removals) as n
from cube.removals
group by year_from, year_to
