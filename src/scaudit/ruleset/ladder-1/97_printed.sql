-- printed: which records are printed as one (method, section 3): those of the same criterion, origin, stance, dates
-- and tense that met the same fate. Each is printed with the one that bears most.
create or replace table result.printed as
select
    reading_id,
    evidence_id,
    first_value(evidence_id) over (
        partition by
            reading_id, criterion_id, origin_id, stance, event_from, event_to, tense, disposition
        order by grade desc, evidence_id
    ) as printed_with
from step.admitted
where reading_id = 'verified';
