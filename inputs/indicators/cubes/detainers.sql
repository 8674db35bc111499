/*
source = "cube.detainers_as_written"
counts = """\
Detainers by the month of preparing, what the record says of convictions and the threat level; and those of them that \
name a race or an ethnicity."""
*/
with counted as (
    select
        month,
        criminality,
        threat_level,
        sum(detainers) as detainers,
        sum(with_race_or_ethnicity) as with_race_or_ethnicity
    from cube.detainers_as_written
    where month is not null
    group by all
),
coded as (
    select
        make_date(month // 12, month % 12 + 1, 1) as month,
        ['convicted', 'charged', 'neither'][list_position(
            ['convicted', 'pending', 'immigration violator'],
            regexp_extract(lower(written.detainers_text(criminality)), 'convicted|pending|immigration violator')
        )] as conviction,
        -- any other number is no level
        case when written.detainers_integer(threat_level) between 1 and 3 then written.detainers_integer(threat_level) end
            as level,
        sum(detainers)::bigint as detainers,
        sum(with_race_or_ethnicity)::bigint as with_race_or_ethnicity
    from counted
    group by all
)
select
    *,
    last_day(month) as month_to,
    -- the federal fiscal year, as far as the files go
    min(month) over fiscal_year as year_from,
    last_day(max(month) over fiscal_year) as year_to
from coded
window fiscal_year as (partition by year(month + interval 3 month))
