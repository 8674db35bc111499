-- records: every record with its grade in both readings, what became of it and why. Records of the same criterion,
-- origin, stance, dates and tense that met the same fate are printed as one, with the one that bears most
-- (method, section 3).
create or replace table result.records as
select
    records.evidence_id,
    records.criterion_id,
    records.origin_id,
    records.stance,
    records.basis,
    records.tense,
    records.method_stated,
    records.event_from,
    records.event_to,
    records.recorded_on,
    not records.own as independent,
    records.second_hand,
    case when records.disposition = 'held_back' then 0 else records.grade end as grade,
    case when records.disposition = 'held_back' then 0 else coalesce(claimed.grade, records.grade) end as claimed_grade,
    case when records.disposition = 'held_back' then 'held back' else records.grade_name end as grade_name,
    records.disposition,
    records.reason,
    nullif(
        first_value(records.evidence_id) over (
            partition by
                records.criterion_id, records.origin_id, records.stance, records.event_from, records.event_to,
                records.tense, records.disposition
            order by records.grade desc, records.evidence_id
        ),
        records.evidence_id
    ) as printed_with
from step.admitted as records
left join step.singles as claimed
    on claimed.reading_id = 'claimed' and claimed.evidence_id = records.evidence_id
where records.reading_id = 'verified';
