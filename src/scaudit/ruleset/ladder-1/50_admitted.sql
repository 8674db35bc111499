-- admitted: what becomes of every record in every reading (method, sections 1, 2, 3, 5 and 9.7).
-- Present are all records, or those of the reading's viewpoint, less those that it leaves out, each with the grade
-- that it bears there. The first reason that applies is the one printed; a record is in exactly one place.
create or replace table step.admitted as
with present as (
    select
        judged.reading_id,
        judged.reading,
        judged.as_of,
        judged.known_on,
        judged.judged_on,
        judged.window_from,
        judged.window_to,
        graded.* exclude (reading_id) replace (
            case
                when scenarios.grade_shift is null then graded.grade
                else least(greatest(graded.grade + cast(scenarios.grade_shift as integer), 1), 5)
            end as grade
        )
    from step.judged as judged
    join step.graded as graded
        on graded.criterion_id = judged.criterion_id
        and (graded.reading_id is null or graded.reading_id = judged.reading_id)
    left join rule.scenarios as scenarios
        on scenarios.scenario = judged.scenario and scenarios.origin_kind = graded.origin_kind
    left join step.holdings as holdings
        on holdings.viewpoint_id = judged.viewpoint and holdings.evidence_id = graded.evidence_id
    anti join exclusions
        on exclusions.reading_id = judged.reading_id and exclusions.evidence_id = graded.evidence_id
    where judged.viewpoint is null or holdings.evidence_id is not null
),
successors as (
    select distinct reading_id, replaces as evidence_id
    from present
    where replaces is not null and recorded_on <= known_on and event_to <= as_of
),
fated as (
    select
        present.* exclude (as_of, known_on, window_from, window_to),
        case
            when present.recorded_on > present.known_on then 'not_known'
            when present.event_to > present.as_of then 'not_happened'
            when successors.evidence_id is not null then 'replaced'
            when not present.has_locator then 'no_locator'
            when present.event_from is null or present.recorded_on is null then 'no_date'
            when present.unreliable then 'unreliable'
            when present.not_taken then 'not_taken'
            when present.expires_on < present.as_of then 'expired'
            when present.event_from < present.window_from then 'before_window'
            when present.event_from > present.window_to then 'after_window'
            when present.event_to > present.window_to then 'past_window'
            when present.stance = 'context' then 'context'
            else 'counted'
        end as reason
    from present
    left join successors
        on successors.reading_id = present.reading_id and successors.evidence_id = present.evidence_id
)
select
    fated.*,
    case
        when reason in ('not_known', 'not_happened') then 'not_yet'
        when reason in ('no_locator', 'no_date', 'unreliable', 'not_taken', 'expired') then 'held_back'
        when reason = 'before_window' then 'baseline'
        when reason in ('after_window', 'past_window') then 'aftermath'
        else reason
    end as disposition
from fated;
