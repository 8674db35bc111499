-- The records of an item, and what they name.
insert into told
select criteria.item_id, 'scoring', 'evidence', in_one(sums.number), sum(sums.many)
from made.sums as sums
join clean.criteria as criteria on criteria.criterion_id = sums.criterion_id
group by criteria.item_id
union all
select criteria.item_id, 'scoring', 'named', in_one(md5_number(sums.criterion_id || hex(sums.named))), count(*)
from made.sums as sums
join clean.criteria as criteria on criteria.criterion_id = sums.criterion_id
group by criteria.item_id;
