-- Adds the records that a hypothetical reading asks about (method, section 8: what would raise, what would lower).
-- Such a record is as good as its candidate says, comes from a body that has said nothing yet (or from the
-- accountable body), is seen on the day on which the criterion is judged, and exists in that one reading only.
insert into step.testimony (
    evidence_id, criterion_id, kind, origin_id, group_id, origin_kind, own, issuer_own, not_taken, second_hand, stance,
    basis, tense, method_stated, event_from, event_to, recorded_on, expires_on, has_locator, unreliable, replaces,
    reading_id
)
select
    readings.reading_id || '/' || asks.criterion_id as evidence_id,
    asks.criterion_id,
    asks.kind,
    case when candidates.own = 'true' then asks.accountable_id else '(somebody new)' end as origin_id,
    case when candidates.own = 'true' then groups.group_id else '(somebody new)' end as group_id,
    case when candidates.own = 'true' then 'agency' else candidates.origin_kind end as origin_kind,
    candidates.own = 'true' as own,
    false as issuer_own,
    coalesce(candidates.origin_kind in (select mark from rule.held_back_kinds), false) as not_taken,
    false as second_hand,
    candidates.stance,
    candidates.basis,
    candidates.tense,
    candidates.method_stated = 'true' as method_stated,
    least(readings.as_of, asks.window_to) as event_from,
    least(readings.as_of, asks.window_to) as event_to,
    least(readings.known_on, asks.window_from) as recorded_on,
    cast(null as date) as expires_on,
    true as has_locator,
    false as unreliable,
    cast(null as varchar) as replaces,
    readings.reading_id
from readings
join rule.candidates as candidates on candidates.candidate = readings.variant
cross join result.asks as asks
join step.groups as groups on groups.body_id = asks.accountable_id
where list_contains(string_split(candidates.kind, '|'), asks.kind);
