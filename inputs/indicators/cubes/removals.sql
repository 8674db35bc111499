/*
source = "records.removals"
counts = """\
Removals by the month of departure, the threat level, the status of the most serious charge and whether that is a \
traffic offence, with those of them that name a charge."""
*/
with counted as (
    select
        (year(departed_on) * 12 + month(departed_on) - 1)::integer as month,
        threat_level,
        charge_status,
        conviction_charge,
        conviction_charge_code,
        count(*) as removals
    from written.removals
    where departed_on is not null
    group by all
),
told as (
    select * replace (
        written.removals_integer(threat_level) as threat_level,
        written.removals_text(charge_status) as charge_status,
        written.removals_text(conviction_charge) as conviction_charge,
        written.removals_text(conviction_charge_code) as conviction_charge_code
    )
    from counted
),
coded as (
    select
        make_date(month // 12, month % 12 + 1, 1) as month,
        threat_level as level,
        case
            when charge_status ilike 'convicted' then 'convicted'
            when charge_status ilike 'pending' then 'charged'
            when charge_status is not null then 'other'
        end as conviction,
        -- 54 begins the numbers of traffic offences in the federal list of charges; without a number, the words say it
        case
            when conviction_charge_code is not null then starts_with(conviction_charge_code, '54')
            else regexp_matches(conviction_charge, '(?i)traffic|driving|hit and run')
        end as traffic,
        sum(removals) as removals,
        sum(removals) filter (where conviction_charge is not null) as with_charge
    from told
    group by all
)
select
    month,
    last_day(month) as month_to,
    -- the federal fiscal year, as far as the files go
    min(month) over fiscal_year as year_from,
    last_day(max(month) over fiscal_year) as year_to,
    level,
    conviction,
    traffic,
    removals::bigint as removals,
    coalesce(with_charge, 0)::bigint as with_charge
from coded
window fiscal_year as (partition by year(month + interval 3 month))
