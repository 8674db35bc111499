-- admitted: what becomes of every record in every reading (method, sections 1, 2, 3 and 9.7).
-- The first reason that applies is the one printed; a record is in exactly one place.
create or replace table step.admitted as
with judged as (
    select
        readings.reading_id,
        readings.reading,
        readings.as_of,
        readings.known_on,
        asks.criterion_id,
        asks.window_from,
        asks.window_to,
        least(readings.as_of, asks.window_to) as judged_on
    from readings
    cross join result.asks as asks
),
successors as (
    select readings.reading_id, graded.replaces as evidence_id
    from step.graded as graded
    join readings on graded.recorded_on <= readings.known_on and graded.event_to <= readings.as_of
    where graded.replaces is not null
    group by all
),
fated as (
    select
        judged.reading_id,
        judged.reading,
        judged.judged_on,
        graded.* exclude (reading_id),
        case
            when graded.recorded_on > judged.known_on then 'not_known'
            when graded.event_to > judged.as_of then 'not_happened'
            when successors.evidence_id is not null then 'replaced'
            when not graded.has_locator then 'no_locator'
            when graded.event_from is null or graded.recorded_on is null then 'no_date'
            when graded.unreliable then 'unreliable'
            when graded.expires_on < judged.as_of then 'expired'
            when graded.event_from < judged.window_from then 'before_window'
            when graded.event_from > judged.window_to then 'after_window'
            when graded.event_to > judged.window_to then 'past_window'
            when graded.stance = 'context' then 'context'
            else 'counted'
        end as reason
    from judged
    join step.graded as graded
        on graded.criterion_id = judged.criterion_id
        and (graded.reading_id is null or graded.reading_id = judged.reading_id)
    left join successors
        on successors.reading_id = judged.reading_id and successors.evidence_id = graded.evidence_id
)
select
    fated.*,
    case
        when reason in ('not_known', 'not_happened') then 'not_yet'
        when reason in ('no_locator', 'no_date', 'unreliable', 'expired') then 'held_back'
        when reason = 'before_window' then 'baseline'
        when reason in ('after_window', 'past_window') then 'aftermath'
        else reason
    end as disposition
from fated;
