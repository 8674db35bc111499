-- conflicts: records of weight that speak for and against one criterion at one time, and the contradiction of the
-- register that has the two on different sides, if any (method, section 8). Of records printed as one, the one that
-- leads is named.
create or replace table result.conflicts as
with weighty as (
    select
        criterion_id, origin_id, stance, event_from, event_to, tense,
        first(evidence_id order by grade desc, evidence_id) as evidence_id,
        list(evidence_id) as evidence_ids
    from step.admitted
    where reading_id = 'verified' and disposition = 'counted' and grade >= 3 and stance in ('supports', 'contradicts')
    group by criterion_id, origin_id, stance, event_from, event_to, tense
),
found as (
    select
        asks.criterion_id,
        asks.item_id,
        backing.evidence_id as for_id,
        opposing.evidence_id as against_id,
        backing.evidence_ids as for_ids,
        opposing.evidence_ids as against_ids,
        greatest(backing.event_from, opposing.event_from) as overlap_from,
        least(backing.event_to, opposing.event_to) as overlap_to
    from weighty as backing
    join weighty as opposing
        on opposing.criterion_id = backing.criterion_id
        and opposing.event_from <= backing.event_to
        and opposing.event_to >= backing.event_from
    join result.asks as asks on asks.criterion_id = backing.criterion_id
    where backing.stance = 'supports' and opposing.stance = 'contradicts'
),
sides as (
    select contradiction_id, 'a' as side, records_a as evidence_ids from clean.contradictions
    union all
    select contradiction_id, 'b' as side, records_b as evidence_ids from clean.contradictions
    union all
    select contradiction_id, 'c' as side, records_c as evidence_ids from clean.contradictions
)
select
    found.criterion_id,
    found.item_id,
    found.for_id,
    found.against_id,
    found.overlap_from,
    found.overlap_to,
    min(other.contradiction_id) as known_as
from found
left join sides as one on list_has_any(one.evidence_ids, found.for_ids)
left join sides as other
    on other.contradiction_id = one.contradiction_id
    and other.side <> one.side
    and list_has_any(other.evidence_ids, found.against_ids)
group by all;
