/*
source = "records.detainers"
counts = "Detainers that name a race or an ethnicity, by the month of preparing."
*/
with counted as (
    select year(prepared_on) * 12 + month(prepared_on) - 1 as month, count(*) as detainers
    from records.detainers
    where race is not null or ethnicity is not null
    group by all
)
select make_date(month // 12, month % 12 + 1, 1) as month, detainers as with_race_or_ethnicity
from counted
where month is not null
