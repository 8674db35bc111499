-- seen: every criterion in the viewpoints that have a counted record on it, by the verified rule over their records
-- alone (method, section 5). A claim has a standing, everything else a rung.
create or replace table result.seen as
with spoken as (
    select
        reading_id,
        criterion_id,
        count(*) as records,
        first(evidence_id order by grade desc, event_to desc, evidence_id)
            filter (where stance <> 'contradicts') as for_id,
        first(evidence_id order by grade desc, event_to desc, evidence_id)
            filter (where stance = 'contradicts') as against_id
    from step.admitted
    where disposition = 'counted'
    group by reading_id, criterion_id
)
select
    readings.viewpoint as viewpoint_id,
    spoken.criterion_id,
    spoken.records,
    rungs.rung,
    coalesce(rungs.stale, false) as stale,
    claims.standing,
    list_filter(
        case
            when claims.criterion_id is null then [rungs.evidence_id, rungs.partner_id, rungs.first_id]
            else [spoken.for_id]
        end,
        lambda evidence_id: evidence_id is not null
    ) as binding,
    spoken.against_id
from readings
join spoken on spoken.reading_id = readings.reading_id
left join result.rungs as rungs
    on rungs.reading_id = readings.reading_id and rungs.criterion_id = spoken.criterion_id
left join result.claims as claims
    on claims.reading_id = readings.reading_id and claims.criterion_id = spoken.criterion_id
where readings.viewpoint is not null;
