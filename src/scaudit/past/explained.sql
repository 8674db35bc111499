-- explained: which swaps make one run stand where the other stands, for every criterion and item that moved.
create or replace table past.explained as
select 'criterion' as what, moved.criterion_id as id, moved.reading, swaps.base, swaps.factors, swaps.position
from step.moved as moved
cross join past.swaps as swaps
join result.rungs as tried
    on tried.reading_id = swaps.swap || '/' || moved.reading and tried.criterion_id = moved.criterion_id
where (swaps.base = 'to' and tried.rung = moved.rung_from and tried.stale = moved.stale_from)
    or (swaps.base = 'from' and tried.rung = moved.rung_to and tried.stale = moved.stale_to)
union all
select 'criterion', moved.criterion_id, moved.reading, swaps.base, swaps.factors, swaps.position
from step.moved as moved
cross join past.swaps as swaps
join result.claims as tried
    on tried.reading_id = swaps.swap || '/' || moved.reading and tried.criterion_id = moved.criterion_id
where tried.standing = case swaps.base when 'to' then moved.standing_from else moved.standing_to end
union all
select 'item', moved.item_id, moved.reading, swaps.base, swaps.factors, swaps.position
from past.moved_items as moved
cross join past.swaps as swaps
join result.items as tried on tried.reading_id = swaps.swap || '/' || moved.reading and tried.item_id = moved.item_id
where tried.status = case swaps.base when 'to' then moved.status_from else moved.status_to end;
