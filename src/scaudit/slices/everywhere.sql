-- Of every record of the whole results: what figures and the register of contradictions need to know of it.
create temp view everywhere as
select evidence.evidence_id, evidence.source_id, evidence.recorded_on, criteria.item_id, records.disposition
from whole.clean.evidence as evidence
join whole.clean.criteria as criteria on criteria.criterion_id = evidence.criterion_id
join whole.result.records as records on records.evidence_id = evidence.evidence_id;
