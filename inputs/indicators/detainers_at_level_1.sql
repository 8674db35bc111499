/*
title = "Detainers at level 1, under both definitions"
counts = "One detainer on a person at threat level 1, as each version of that term counts."
unit = "percent"
kind = "share"
numerator = "detainers at level 1 by the version"
denominator = "detainers"
population = "detainers of all ICE programmes in the released files"
needs = ["cube.detainers"]
bears_on = ["LETTER/II.b-practice", "LETTER/II.claim-3", "LETTER/III.d"]
better = "none"
period = "fiscal year"
term = "level_1"
source = "ICE-RECORDS"
note = """\
A year in which no record says anything of it, as where a release lacks the column, has no figure. The versions are \
those of the table of definitions: people charged and convicted together, and convictions only. By the same records \
under both the change of definition can be told from a change of practice. No threshold."""
*/
with rules as (
    select version, valid_from, list_transform(members, lambda member: dimension || ' ' || member) as any_of
    from clean.definitions
    where term = 'level_1'
),
versions as (
    -- of every field a version takes in one of some values; a version that asks for what no record has gives no figure
    select version, list(any_of) as all_of
    from rules
    group by version
    having bool_and(list_has_any(any_of, [
        'conviction convicted', 'conviction charged', 'conviction unconvicted', 'threat_level 1'
    ]))
),
records as (
    select
        month,
        year_to,
        detainers,
        case conviction
            when 'convicted' then ['conviction convicted']
            when 'charged' then ['conviction charged', 'conviction unconvicted']
            else ['conviction unconvicted']
        end || ['threat_level ' || level] as has,
        level as told
    from cube.detainers
    -- from the first month on that lies whole in one of the versions
    where month >= (select min(valid_from) from rules)
)
select
    min(month) as period_from,
    year_to as period_to,
    '' as grp,
    version,
    coalesce(
        sum(detainers) filter (where list_bool_and(list_transform(all_of, lambda one: list_has_any(one, has)))), 0
    ) as numerator,
    sum(detainers) as denominator,
    null::double as value,
    sum(detainers) as n
from records
cross join versions
group by year_to, version
having count(told) > 0
