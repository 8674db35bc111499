-- The items on which an indicator bears.
select distinct criteria.item_id
from clean.criteria as criteria
join (select unnest(bears_on) as criterion_id from result.measured) as borne using (criterion_id)
order by criteria.item_id;
