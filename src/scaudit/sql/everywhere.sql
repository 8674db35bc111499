-- Of every record, whatever the item: what figures and the register of contradictions need to know of it. A slice has a
-- view of its own under this name, over the whole results.
create temp view if not exists everywhere as
select evidence.evidence_id, evidence.source_id, evidence.recorded_on, criteria.item_id, records.disposition
from clean.evidence as evidence
join clean.criteria as criteria on criteria.criterion_id = evidence.criterion_id
join result.records as records on records.evidence_id = evidence.evidence_id;
