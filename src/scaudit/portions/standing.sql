-- Parameter: items. Those whose results stand, with their criteria.
create or replace temp table standing as
select items.item_id, coalesce(criteria.criterion_id, '') as criterion_id
from (select unnest($1) as item_id) as items
left join clean.criteria as criteria on criteria.item_id = items.item_id;
