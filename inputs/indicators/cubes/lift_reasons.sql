/*
source = "records.detainers"
counts = "Detainers by the reason of lifting."
*/
with counted as (
    select lift_reason, count(*) as detainers
    from written.detainers
    group by lift_reason
)
select written.detainers_text(lift_reason) as lift_reason, sum(detainers)::bigint as detainers
from counted
group by all
