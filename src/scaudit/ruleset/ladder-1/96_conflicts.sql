-- conflicts: records of weight that speak for and against one criterion at one time, and the contradiction of the
-- register that has the two on different sides, if any (method, section 8). Of records printed as one, the one that
-- leads is named.
create or replace table result.conflicts as
with weighty as (
    select
        criterion_id,
        stance,
        event_from,
        event_to,
        evidence_id,
        first_value(evidence_id) over (
            partition by criterion_id, origin_id, stance, event_from, event_to, tense
            order by grade desc, evidence_id
        ) as lead_id
    from step.admitted
    where reading_id = 'verified' and disposition = 'counted' and grade >= 3 and stance in ('supports', 'contradicts')
),
leads as (
    select criterion_id, stance, event_from, event_to, evidence_id
    from weighty
    where evidence_id = lead_id
),
sides as (
    select contradiction_id, 'a' as side, unnest(records_a) as evidence_id from clean.contradictions
    union all
    select contradiction_id, 'b' as side, unnest(records_b) as evidence_id from clean.contradictions
    union all
    select contradiction_id, 'c' as side, unnest(records_c) as evidence_id from clean.contradictions
),
known as (
    select backing.lead_id as for_id, opposing.lead_id as against_id, min(one.contradiction_id) as known_as
    from weighty as backing
    join sides as one on one.evidence_id = backing.evidence_id
    join sides as other on other.contradiction_id = one.contradiction_id and other.side <> one.side
    join weighty as opposing on opposing.evidence_id = other.evidence_id
    where backing.stance = 'supports' and opposing.stance = 'contradicts'
    group by backing.lead_id, opposing.lead_id
)
select
    asks.criterion_id,
    asks.item_id,
    backing.evidence_id as for_id,
    opposing.evidence_id as against_id,
    greatest(backing.event_from, opposing.event_from) as overlap_from,
    least(backing.event_to, opposing.event_to) as overlap_to,
    known.known_as
from leads as backing
join leads as opposing
    on opposing.criterion_id = backing.criterion_id
    and opposing.event_from <= backing.event_to
    and opposing.event_to >= backing.event_from
join result.asks as asks on asks.criterion_id = backing.criterion_id
left join known on known.for_id = backing.evidence_id and known.against_id = opposing.evidence_id
where backing.stance = 'supports' and opposing.stance = 'contradicts';
