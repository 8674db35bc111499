-- Every record of the audit: its grade in both readings, what became of it, and with which other it is printed.
select
    records.evidence_id, records.criterion_id, evidence.source_id, evidence.locator, records.origin_id,
    records.stance, records.basis, records.tense, records.method_stated, records.event_from, records.event_to,
    evidence.event_from_text, evidence.event_to_text, records.recorded_on, evidence.finding, evidence.coding_note,
    evidence.fact_id, not records.own as independent, records.second_hand,
    case when records.disposition = 'held_back' then 0 else records.grade end as grade,
    case when records.disposition = 'held_back' then 0 else coalesce(claimed.grade, records.grade) end as claimed_grade,
    case when records.disposition = 'held_back' then 'held back' else records.grade_name end as grade_name,
    records.disposition, records.reason, nullif(printed.printed_with, records.evidence_id) as printed_with
from step.admitted as records
join clean.evidence as evidence on evidence.evidence_id = records.evidence_id
join result.printed as printed
    on printed.reading_id = records.reading_id and printed.evidence_id = records.evidence_id
left join step.singles as claimed
    on claimed.reading_id = 'claimed' and claimed.evidence_id = records.evidence_id
where records.reading_id = 'verified'
order by records.criterion_id, records.evidence_id;
