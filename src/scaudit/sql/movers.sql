-- The records that moved a criterion, each with its finding in its own words and what became of it on both sides.
select
    movers.criterion_id, movers.reading, movers.together, movers.evidence_id, changed.grade, changed.disposition_from,
    changed.disposition_to, evidence.stance, evidence.basis, evidence.tense, evidence.finding, evidence.source_id,
    sources.title as source, bodies.name as publisher, evidence.locator, evidence.event_from, evidence.event_from_text,
    evidence.event_to_text
from result.movers as movers
join result.changed as changed on changed.evidence_id = movers.evidence_id
join clean.evidence as evidence on evidence.evidence_id = movers.evidence_id
join clean.sources as sources on sources.source_id = evidence.source_id
join clean.bodies as bodies on bodies.body_id = sources.publisher_id
order by movers.criterion_id, movers.reading, evidence.event_to, movers.evidence_id;
