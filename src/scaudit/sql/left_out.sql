-- The records whose removal moves a rung.
select evidence_id, criterion_id, rung, rung_then, stale, stale_then
from result.left_out
order by criterion_id, evidence_id;
