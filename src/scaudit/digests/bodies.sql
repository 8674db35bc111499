-- The bodies that rows of an item name, with those above them.
insert into told
select embodied.item_id, 'scoring', 'bodies', in_one(md5_number(embodied.body_id || hex(chain.number))), sum(chain.many)
from embodied
join chain on chain.body_id = embodied.body_id
group by embodied.item_id;
