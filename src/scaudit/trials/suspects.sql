-- suspects: the records without which a rung of the verified reading might be another, or fresh instead of stale; those
-- printed as one go together. A rung falls only with what bears it, that is with a part of the binding support, with
-- the newest support that keeps it met, or with the one record by which an origin took another back. It rises only
-- without the record that holds a better support lowest, without what came between two verifications, without the only
-- record against it, or where a successor gives back what it replaced. Which of them do move it, scoring says.
create or replace table step.suspects as
with rungs as (
    select * from result.rungs where reading_id = 'verified'
),
kept as (
    select * from step.kept where reading_id = 'verified'
),
met as (
    select cast(rung as integer) as rung from rule.stops where what = 'met'
),
bearing as (
    select criterion_id, evidence_id, partner_id, first_id from rungs
    union all
    select
        kept.criterion_id,
        max_by(kept.evidence_id, (kept.event_to, kept.evidence_id)),
        max_by(kept.partner_id, (kept.event_to, kept.evidence_id)),
        max_by(kept.first_id, (kept.event_to, kept.evidence_id))
    from kept
    join met on kept.kept >= met.rung
    group by kept.criterion_id
),
holding as (
    select
        kept.criterion_id,
        min_by(standing.adverse_unit_id, (standing.kept, standing.adverse_unit_id)) as unit_id
    from kept
    join rungs on rungs.criterion_id = kept.criterion_id
    join step.standing as standing on standing.unit_id = kept.unit_id
    join met on kept.rung > rungs.rung or (kept.rung >= met.rung and kept.kept < met.rung)
    group by kept.criterion_id, kept.unit_id
),
between_verifications as (
    select kept.criterion_id
    from kept
    join met on kept.rung >= met.rung
    where kept.partner_id is null
    group by kept.criterion_id
    having count(*) > 1
),
taking_back as (
    select adverse.criterion_id, min(support.evidence_id) as evidence_id
    from step.taken_back as taken
    join step.singles as adverse
        on adverse.reading_id = taken.reading_id and adverse.evidence_id = taken.evidence_id
    join step.singles as support
        on support.reading_id = adverse.reading_id
        and support.criterion_id = adverse.criterion_id
        and support.origin_id = adverse.origin_id
        and support.event_from > adverse.event_to
        and support.stance <> 'contradicts'
    join rule.cures as cures
        on cures.same_origin = 'true'
        and support.grade >= cast(cures.least_grade as integer)
        and list_contains(string_split(cures.tense, '|'), support.tense)
    where taken.reading_id = 'verified' and adverse.grade >= 3
    group by adverse.criterion_id, adverse.evidence_id, support.origin_id
),
named as (
    select criterion_id, unnest([evidence_id, partner_id, first_id]) as evidence_id from bearing
    union
    select holding.criterion_id, unnest([adverse.evidence_id, adverse.partner_id]) as evidence_id
    from holding
    join step.adverse as adverse on adverse.unit_id = holding.unit_id
    union
    select adverse.criterion_id, unnest([adverse.evidence_id, adverse.partner_id]) as evidence_id
    from step.adverse as adverse
    join between_verifications on between_verifications.criterion_id = adverse.criterion_id
    where adverse.reading_id = 'verified'
    union
    select criterion_id, against_id as evidence_id from rungs
    union
    select criterion_id, evidence_id from taking_back
    union
    select criterion_id, evidence_id from step.admitted where reading_id = 'verified' and replaces is not null
),
leads as (
    select distinct named.criterion_id, coalesce(records.printed_with, records.evidence_id) as evidence_id
    from named
    join result.records as records on records.evidence_id = named.evidence_id
    join rungs on rungs.criterion_id = named.criterion_id
)
select
    criterion_id,
    evidence_id,
    row_number() over (partition by criterion_id order by evidence_id) as turn
from leads;
