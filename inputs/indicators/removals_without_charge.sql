/*
title = "Removals of convicted people without the charge"
counts = """\
One removal of a person recorded as convicted, or with a threat level, whose most serious charge is not named: empty \
or redacted. The charge of the arrest, which GAO found missing for 56 percent, is no column of these files."""
unit = "percent"
kind = "share"
numerator = "removals of people with a conviction or level that name no charge"
denominator = "removals of people with a conviction or level"
population = "people removed by ICE in the released files, through the programme or not"
needs = ["cube.removals"]
bears_on = ["LETTER/II.b-practice", "LETTER/II.c-accurate"]
better = "lower"
period = "fiscal year"
source = "ICE-RECORDS"
note = """\
What cannot be measured: for these nobody can say how serious the offence was. No threshold: the asks give no bound."""
*/
select
    year_from as period_from,
    year_to as period_to,
    '' as grp,
    null::varchar as version,
    sum(removals) - sum(with_charge) as numerator,
    sum(removals) as denominator,
    null::double as value,
    sum(removals) as n
from cube.removals
where conviction = 'convicted' or level is not null
group by year_from, year_to
