/*
source = "records.detainers"
counts = "Detainers by the reason of lifting."
*/
select lift_reason, count(*) as detainers
from records.detainers
group by lift_reason
