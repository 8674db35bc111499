-- testimony: every record with what is derived, never typed (method, section 2): whether its origin shares
-- responsibility (own), is the issuer (issuer_own), or is printed by somebody else (second_hand).
create or replace table step.testimony as
select
    evidence.evidence_id,
    evidence.criterion_id,
    evidence.source_id,
    evidence.quoted_source_id,
    asks.kind,
    evidence.origin_id,
    groups.group_id,
    origins.kind as origin_kind,
    own.group_id is not null as own,
    evidence.origin_id = asks.issuer_id as issuer_own,
    origins.kind in (select mark from rule.held_back_kinds)
        or publishers.kind in (select mark from rule.held_back_kinds) as not_taken,
    publishers.kind in ('press', 'advocate') and sources.publisher_id <> evidence.origin_id as second_hand,
    evidence.stance,
    evidence.basis,
    evidence.tense,
    evidence.method_stated,
    evidence.event_from,
    evidence.event_to,
    coalesce(evidence.recorded_on, sources.published_on) as recorded_on,
    evidence.expires_on,
    evidence.locator is not null as has_locator,
    coalesce(
        evidence.reliability in (select mark from rule.held_back_reliability)
        and evidence.credibility in (select mark from rule.held_back_credibility),
        false
    ) as unreliable,
    evidence.replaces,
    cast(null as varchar) as reading_id
from clean.evidence as evidence
join result.asks as asks on asks.criterion_id = evidence.criterion_id
join clean.sources as sources on sources.source_id = evidence.source_id
join clean.bodies as publishers on publishers.body_id = sources.publisher_id
join clean.bodies as origins on origins.body_id = evidence.origin_id
join step.groups as groups on groups.body_id = evidence.origin_id
left join step.responsible as own
    on own.criterion_id = evidence.criterion_id and own.group_id = groups.group_id;
