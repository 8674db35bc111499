/*
title = "Removals by threat level"
counts = """\
One removal, by the threat level of the case: 1 is the most serious, none where the record has no level. Researchers \
found that many people at level 1 had only traffic or immigration convictions (F125)."""
unit = "percent"
kind = "share"
numerator = "removals of the level"
denominator = "removals"
population = "people removed by ICE in the released files, through the programme or not"
needs = ["cube.removals"]
bears_on = ["LETTER/III.b", "LETTER/III.c"]
better = "none"
by = "threat level"
period = "fiscal year"
source = "ICE-RECORDS"
note = """\
A year in which no record says anything of it, as where a release lacks the column, has no figure. A fiscal year of \
which the files hold a part is counted as far as they go."""

# The ask: the most dangerous convicted people lead among those removed. There are four groups (three levels and none).
# A group of more than half is larger than all others together, so level 1 leads; one of less than a quarter is smaller
# than some other, so it does not. In between the figure alone does not say it. It counts all removals by ICE, not only
# those through the programme, and is partly so at the best.
[[evidence]]
criterion = "LETTER/III.b"
origin = "ICE"
source = "ICE-RECORDS"
group = "level 1"
partly = "> 0.5"
contradicts = "< 0.25"
*/
select
    year_from as period_from,
    year_to as period_to,
    unnest(['level 1', 'level 2', 'level 3', 'no level']) as grp,
    null::varchar as version,
    unnest([
        coalesce(sum(removals) filter (where level = 1), 0),
        coalesce(sum(removals) filter (where level = 2), 0),
        coalesce(sum(removals) filter (where level = 3), 0),
        coalesce(sum(removals) filter (where level is null or level not in (1, 2, 3)), 0)
    ]) as numerator,
    sum(removals) as denominator,
    null::double as value,
    sum(removals) as n
from cube.removals
group by year_from, year_to
having count(level) > 0
