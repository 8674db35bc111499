/*
title = "Removals of people convicted of a crime, with and without traffic offences"
counts = """\
One removal of a convicted person whose most serious charge a version counts as a crime. Convicted people whose \
charge is not named are in the whole only."""
unit = "percent"
kind = "share"
numerator = "removals of people convicted of what the version counts"
denominator = "removals"
population = "people removed by ICE in the released files, through the programme or not"
needs = ["cube.removals"]
bears_on = ["LETTER/II.b-practice", "LETTER/II.claim-3", "LETTER/III.claim-3"]
better = "none"
period = "fiscal year"
term = "offence_counted_as_crime"
source = "ICE-RECORDS"
note = """\
A year in which no record says anything of it, as where a release lacks the column, has no figure. Traffic offences \
are those numbered 54 in the federal list of charges, which drunk driving and leaving an accident belong to; where a \
record has no number, those whose words say traffic, driving, or hit and run. No threshold."""
*/
with rules as (
    select version, valid_from, list_transform(members, lambda member: dimension || ' ' || member) as any_of
    from clean.definitions
    where term = 'offence_counted_as_crime'
),
versions as (
    -- of every field a version takes in one of some values; a version that asks for what no record has gives no figure
    select version, list(any_of) as all_of
    from rules
    group by version
    having bool_and(list_has_any(any_of, ['offence traffic', 'offence other_than_traffic']))
),
records as (
    select
        month,
        year_to,
        removals,
        case
            when conviction is distinct from 'convicted' then []
            when traffic then ['offence traffic']
            when not traffic then ['offence other_than_traffic']
            else []
        end as has,
        traffic as told
    from cube.removals
    -- from the first month on that lies whole in one of the versions
    where month >= (select min(valid_from) from rules)
)
select
    min(month) as period_from,
    year_to as period_to,
    '' as grp,
    version,
    coalesce(
        sum(removals) filter (where list_bool_and(list_transform(all_of, lambda one: list_has_any(one, has)))), 0
    ) as numerator,
    sum(removals) as denominator,
    null::double as value,
    sum(removals) as n
from records
cross join versions
group by year_to, version
having count(told) > 0
