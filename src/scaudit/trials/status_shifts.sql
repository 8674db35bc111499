-- status_shifts: the items of which a scenario changes the status in the verified reading.
create or replace table {home}.result.status_shifts as
select readings.scenario, altered.item_id, items.status, altered.status as status_then
from result.items as altered
join readings on readings.reading_id = altered.reading_id and readings.scenario is not null
join {home}.result.items as items on items.reading_id = 'verified' and items.item_id = altered.item_id
where altered.status <> items.status;
