-- Every record of the audit with its finding, its grades, and what became of it.
select
    records.*, evidence.source_id, evidence.locator, evidence.event_from_text, evidence.event_to_text,
    evidence.finding, evidence.coding_note, evidence.fact_id
from result.records as records
join clean.evidence as evidence on evidence.evidence_id = records.evidence_id
order by records.criterion_id, records.evidence_id;
