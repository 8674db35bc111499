-- The records on which a rung hangs in one of the two readings of the audit: what a question cites of them.
with bound as (
    select unnest([evidence_id, partner_id, first_id]) as evidence_id
    from result.rungs
    where reading_id in ('verified', 'claimed')
)
select evidence.evidence_id, evidence.source_id, records.event_to
from clean.evidence as evidence
join result.records as records on records.evidence_id = evidence.evidence_id
semi join bound on bound.evidence_id = evidence.evidence_id
order by evidence.evidence_id;
