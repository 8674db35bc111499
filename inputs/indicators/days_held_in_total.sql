/*
title = "Days under detainers in all: one factor of the local cost"
counts = """\
The days from preparing to lifting of all detainers that have both, added up. The local cost of holds is days held \
times the cost of a day; the files have the days only."""
unit = "days"
kind = "amount"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers", "cube.detainers_lifted"]
bears_on = ["LETTER/II.a", "LETTER/II.claim-2"]
better = "lower"
period = "fiscal year"
source = "ICE-RECORDS"
note = """\
Low assumption: nobody was held on a detainer for more than 48 hours, as ICE says that jails must (SCPR-2012, F121), \
so that a detainer that stood longer counts for two days. High assumption: every day from preparing to lifting was \
held because of the detainer (it includes days of the jail's own). At a cost of c a day the local cost lies between c \
times low and c times high. No source that was read gives a cost of a day, so none is put in; the published estimates \
are in cost_of_holds_published. Detainers without a day of lifting are left out of both. No threshold: the asks give \
no bound."""
*/
select
    year_from as period_from,
    year_to as period_to,
    '' as grp,
    null::varchar as version,
    null::double as numerator,
    null::double as denominator,
    sum(days) as value,
    sum(lifted) as n,
    least(2 * sum(lifted), sum(days)) as low,
    sum(days) as high
from cube.detainers_lifted
join (select distinct month, year_from, year_to from cube.detainers) as months using (month)
group by year_from, year_to
