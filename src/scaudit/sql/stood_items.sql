-- Parameter: a named day. The items that stood elsewhere on that day than they stand now, in either reading.
select now.item_id, now.reading_id as reading, before.status
from result.items as now
join result.items as before
    on before.item_id = now.item_id and before.reading_id = 'day/' || $1 || '/' || now.reading_id
where now.reading_id in ('verified', 'claimed') and before.status <> now.status
order by now.item_id, reading;
