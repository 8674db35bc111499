-- left_out: the records whose removal changes a rung of the verified reading, or makes it stale or fresh.
create or replace table {home}.result.left_out as
select
    suspects.evidence_id,
    suspects.criterion_id,
    rungs.rung,
    altered.rung as rung_then,
    rungs.stale,
    altered.stale as stale_then
from step.suspects as suspects
join result.rungs as altered
    on altered.reading_id = 'without/' || suspects.turn and altered.criterion_id = suspects.criterion_id
join {home}.result.rungs as rungs
    on rungs.reading_id = 'verified' and rungs.criterion_id = suspects.criterion_id
where altered.rung <> rungs.rung or altered.stale <> rungs.stale;
