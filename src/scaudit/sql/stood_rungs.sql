-- Parameter: a named day. The criteria that stood elsewhere on that day than they stand now, in either reading.
select now.criterion_id, now.reading_id as reading, before.rung, before.stale
from result.rungs as now
join result.rungs as before
    on before.criterion_id = now.criterion_id and before.reading_id = 'day/' || $1 || '/' || now.reading_id
where now.reading_id in ('verified', 'claimed') and (before.rung, before.stale) is distinct from (now.rung, now.stale)
order by now.criterion_id, reading;
