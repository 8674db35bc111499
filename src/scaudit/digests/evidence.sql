-- The records of an item.
insert into told
select criteria.item_id, 'scoring', 'evidence', in_one(sums.number), sum(sums.many)
from made.sums as sums
join clean.criteria as criteria on criteria.criterion_id = sums.criterion_id
group by criteria.item_id;
