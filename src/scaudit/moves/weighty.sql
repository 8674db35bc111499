-- weighty: what lifts a moved criterion on the side on which it stands higher, and what holds it on the other: the
-- supports that keep more than the lower rung, what stands against the better ones there, and, where it is unknown
-- on the lower side, whatever of weight speaks against it on the higher. For a claim, all records of weight.
create or replace table step.weighty as
with met as (
    select cast(rung as integer) as rung from rule.stops where what = 'met'
),
lines as (
    select
        moved.criterion_id,
        moved.reading,
        moved.high,
        moved.low,
        least(moved.rung_from, moved.rung_to) as least_rung,
        moved.rung_from = moved.rung_to as aged
    from step.moved as moved
    where moved.rung_from is not null
),
named as (
    select lines.criterion_id, lines.reading, unnest([kept.evidence_id, kept.partner_id, kept.first_id]) as evidence_id
    from lines
    join step.kept as kept on kept.reading_id = lines.high and kept.criterion_id = lines.criterion_id
    cross join met
    where kept.kept > lines.least_rung or (lines.aged and kept.kept >= met.rung)
    union
    select lines.criterion_id, lines.reading, unnest([adverse.evidence_id, adverse.partner_id]) as evidence_id
    from lines
    join step.standing as standing on standing.reading_id = lines.low and standing.criterion_id = lines.criterion_id
    join step.adverse as adverse on adverse.unit_id = standing.adverse_unit_id
    where standing.rung > lines.least_rung
    union
    select lines.criterion_id, lines.reading, singles.evidence_id
    from lines
    join step.singles as singles on singles.reading_id = lines.high and singles.criterion_id = lines.criterion_id
    where lines.least_rung = 0 and singles.stance = 'contradicts' and singles.grade >= 3
    union
    select moved.criterion_id, moved.reading, changed.evidence_id
    from step.moved as moved
    join step.changed as changed on changed.criterion_id = moved.criterion_id
    where moved.rung_from is null and changed.grade >= 3
)
select distinct named.criterion_id, named.reading, changed.lead_id
from named
join step.changed as changed on changed.evidence_id = named.evidence_id;
