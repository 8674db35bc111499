/*
source = "records.detainers"
counts = """\
Detainers by the month of preparing, what the record says of convictions and the threat level; those of them with a \
day of lifting that is not before, those of them lifted on the third day after or later, and the days from the one to \
the other."""
*/
-- One pass over the records: short codes instead of words, which are put in again on a few hundred rows; the last place
-- of each list is nothing at all. Materialized, so that no row of the records is asked whether it has a month.
with counted as materialized (
    select
        year(prepared_on) * 12 + month(prepared_on) - 1 as month,
        list_position(
            ['convicted', 'pending', 'immigration violator', null],
            regexp_extract(lower(criminality), 'convicted|pending|immigration violator')
        ) as conviction,
        list_position([1, 2, 3, null], threat_level) as level,
        count(*) as detainers,
        count_if(lifted_on - prepared_on >= 0) as lifted,
        count_if(lifted_on - prepared_on > 2) as over_48_hours,
        sum(lifted_on - prepared_on) filter (where lifted_on - prepared_on >= 0) as days,
        count(coalesce(race, ethnicity)) as with_race_or_ethnicity
    from records.detainers
    group by all
),
named as (
    select
        make_date(month // 12, month % 12 + 1, 1) as month,
        ['convicted', 'charged', 'neither'][conviction] as conviction,
        [1, 2, 3][level] as level,
        * exclude (month, conviction, level) replace (
            -- count_if of nothing but nulls is null
            coalesce(lifted, 0) as lifted,
            coalesce(over_48_hours, 0) as over_48_hours,
            coalesce(days, 0) as days
        )
    from counted
    where month is not null
)
select
    *,
    last_day(month) as month_to,
    -- the federal fiscal year, as far as the files go
    min(month) over fiscal_year as year_from,
    last_day(max(month) over fiscal_year) as year_to
from named
window fiscal_year as (partition by year(month + interval 3 month))
