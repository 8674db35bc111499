-- singles: the counted records of a reading, each with the grade it has there (method, sections 3 and 5).
-- In the claimed reading the accountable body is taken at its word.
create or replace table step.singles as
select
    admitted.reading_id,
    admitted.criterion_id,
    admitted.kind,
    admitted.evidence_id,
    admitted.source_id,
    admitted.origin_id,
    admitted.group_id,
    admitted.own,
    admitted.stance,
    admitted.basis,
    admitted.tense,
    admitted.method_stated,
    admitted.event_from,
    admitted.event_to,
    admitted.recorded_on,
    case
        when admitted.own and admitted.stance <> 'contradicts' and admitted.tense <> 'promise'
            then greatest(admitted.grade, coalesce(cast(rules.own_support_grade as integer), 0))
        else admitted.grade
    end as grade
from step.admitted as admitted
join rule.readings as rules on rules.reading = admitted.reading
where admitted.disposition = 'counted' and admitted.kind <> 'claim';
