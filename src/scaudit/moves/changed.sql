-- changed: the records of criteria that moved which count on one side only, or take another record's place on one side
-- only. Those that are printed as one and changed alike go together, under the one named lead_id.
create or replace table step.changed as
with fates as (
    select
        former.*,
        former.disposition as disposition_from,
        latter.disposition as disposition_to,
        former.replaces is not null and former.recorded_on <= sides.known_from and former.event_to <= sides.as_of_from
            as replacing_from,
        former.replaces is not null and former.recorded_on <= sides.known_to and former.event_to <= sides.as_of_to
            as replacing_to
    from step.admitted as former
    join step.admitted as latter
        on latter.reading_id = 'to/verified' and latter.evidence_id = former.evidence_id
    cross join (
        select
            max(as_of) filter (where reading_id = 'from/verified') as as_of_from,
            max(known_on) filter (where reading_id = 'from/verified') as known_from,
            max(as_of) filter (where reading_id = 'to/verified') as as_of_to,
            max(known_on) filter (where reading_id = 'to/verified') as known_to
        from readings
    ) as sides
    where former.reading_id = 'from/verified'
        and former.criterion_id in (select criterion_id from step.moved)
)
select
    criterion_id,
    evidence_id,
    first_value(evidence_id) over (
        partition by
            criterion_id, origin_id, stance, event_from, event_to, tense, disposition_from, disposition_to,
            replacing_from, replacing_to
        order by grade desc, evidence_id
    ) as lead_id,
    stance,
    grade,
    disposition_from,
    disposition_to
from fates
where (disposition_from = 'counted') <> (disposition_to = 'counted') or replacing_from <> replacing_to;
