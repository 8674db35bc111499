-- seen: every criterion in the viewpoints that have a counted record on it, by the verified rule over their records
-- alone (method, section 5). A claim has a standing, everything else a rung.
create or replace table result.seen as
with counted as (
    select
        admitted.reading_id,
        admitted.criterion_id,
        admitted.stance,
        admitted.evidence_id,
        row_number() over (
            partition by admitted.reading_id, admitted.criterion_id, admitted.stance = 'contradicts'
            order by admitted.grade desc, admitted.event_to desc, admitted.evidence_id
        ) as place
    from step.admitted as admitted
    join readings on readings.reading_id = admitted.reading_id
    where readings.viewpoint is not null and admitted.disposition = 'counted'
),
spoken as (
    select
        reading_id,
        criterion_id,
        count(*) as records,
        max(case when place = 1 and stance <> 'contradicts' then evidence_id end) as for_id,
        max(case when place = 1 and stance = 'contradicts' then evidence_id end) as against_id
    from counted
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
