-- Parameter: portion. The items and criteria of a portion.
create or replace temp table chosen as
select plan.item_id, criteria.criterion_id
from portion_plan as plan
left join {home}.clean.criteria as criteria on criteria.item_id = plan.item_id
where plan.portion = $1;
