-- pairs: two records of different origins and groups that act as one, dated by the later (method, section 3).
-- A pair matters only where it bears more than its later record does alone; the partner named is the latest.
create or replace table step.pairs as
with able as (
    select
        singles.*,
        singles.stance = 'contradicts' as adverse,
        judged.shelf_life_months,
        judged.pairing
    from step.singles as singles
    join step.judged as judged
        on judged.reading_id = singles.reading_id and judged.criterion_id = singles.criterion_id
    anti join step.taken_back as taken_back
        on taken_back.reading_id = singles.reading_id and taken_back.evidence_id = singles.evidence_id
    where singles.tense <> 'promise' and singles.grade >= 3
),
matched as (
    select
        later.reading_id,
        later.criterion_id,
        later.evidence_id,
        earlier.evidence_id as partner_id,
        earlier.event_from as partner_from,
        cast(rules.acts_as as integer) as grade,
        case
            when later.adverse then 'contradicts'
            when later.stance = 'partly' or earlier.stance = 'partly' then 'partly'
            else 'supports'
        end as stance
    from able as later
    join able as earlier
        on earlier.reading_id = later.reading_id
        and earlier.criterion_id = later.criterion_id
        and earlier.adverse = later.adverse
        and (
            (later.pairing = 'origins' and earlier.group_id <> later.group_id)
            or (later.pairing = 'sources' and earlier.source_id <> later.source_id)
        )
        and (earlier.event_from, earlier.event_to, earlier.recorded_on, earlier.evidence_id)
            < (later.event_from, later.event_to, later.recorded_on, later.evidence_id)
        and earlier.event_from + interval 1 month * later.shelf_life_months >= later.event_from
    join rule.pairs as rules
        on least(earlier.grade, later.grade) = cast(rules.weaker_grade as integer)
        and later.grade < cast(rules.acts_as as integer)
        and list_contains(string_split(rules.kind, '|'), later.kind)
        and (rules.method_needed = 'false' or (earlier.method_stated and later.method_stated))
        and (
            rules.basis = '*'
            or (
                list_contains(string_split(rules.basis, '|'), earlier.basis)
                and list_contains(string_split(rules.basis, '|'), later.basis)
            )
        )
)
select
    reading_id,
    criterion_id,
    evidence_id,
    stance,
    grade,
    max_by(partner_id, (partner_from, partner_id)) as partner_id
from matched
group by reading_id, criterion_id, evidence_id, stance, grade;
