-- moved_items: the items of which the status is another in the latter run, by reading.
create or replace table past.moved_items as
select former.item_id, sides.reading, former.status as status_from, latter.status as status_to
from (select unnest(['verified', 'claimed']) as reading) as sides
join result.items as former on former.reading_id = 'from/' || sides.reading
join result.items as latter on latter.reading_id = 'to/' || sides.reading and latter.item_id = former.item_id
where former.status <> latter.status;
