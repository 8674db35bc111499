-- shifts: the criteria that a scenario moves in the verified reading.
create or replace table {home}.result.shifts as
select
    readings.scenario,
    altered.criterion_id,
    rungs.rung,
    altered.rung as rung_then,
    rungs.stale,
    altered.stale as stale_then
from result.rungs as altered
join readings on readings.reading_id = altered.reading_id and readings.scenario is not null
join {home}.result.rungs as rungs
    on rungs.reading_id = 'verified' and rungs.criterion_id = altered.criterion_id
where altered.rung <> rungs.rung or altered.stale <> rungs.stale;
