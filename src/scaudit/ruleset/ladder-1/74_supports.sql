-- supports: every supporting unit with the rung it reaches alone, before anything adverse (method, section 4).
-- unit_id is a key and no order.
create or replace table step.supports as
with reached as (
    select
        units.reading_id,
        units.criterion_id,
        units.kind,
        units.evidence_id,
        units.partner_id,
        units.origin_id,
        units.stance,
        units.tense,
        units.grade,
        units.event_from,
        units.event_to,
        units.recorded_on,
        curing.by_grade,
        curing.by_origin,
        curing.by_both,
        curing.by_text,
        least(
            cast(ladder.rung as integer),
            case when units.tense = 'promise' then cast(promise.rung as integer) else 9 end,
            case when units.stance = 'partly' then cast(partly.rung as integer) else 9 end
        ) as rung
    from step.units as units
    join rule.ladder as ladder
        on ladder.kind = units.kind and cast(ladder.grade as integer) = units.grade
    join step.curing as curing
        on curing.kind = units.kind
        and curing.grade = units.grade
        and curing.basis = units.basis
        and curing.tense = units.tense
        and curing.single = (units.partner_id is null)
    join rule.stops as promise on promise.what = 'promise'
    join rule.stops as partly on partly.what = 'partly'
    where units.stance <> 'contradicts'
),
direct as (
    select reached.*, asks.sustain_months
    from reached
    join result.asks as asks on asks.criterion_id = reached.criterion_id
    where reached.partner_id is null and reached.grade = 5 and reached.stance = 'supports'
        and reached.tense <> 'promise'
),
repeated as (
    select
        later.reading_id,
        later.criterion_id,
        later.evidence_id,
        later.event_from,
        max(earlier.event_to) as first_to,
        max_by(earlier.evidence_id, (earlier.event_to, earlier.evidence_id)) as first_id
    from direct as later
    join direct as earlier
        on earlier.reading_id = later.reading_id
        and earlier.criterion_id = later.criterion_id
        and earlier.event_to + interval 1 month * later.sustain_months <= later.event_from
    group by later.reading_id, later.criterion_id, later.evidence_id, later.event_from
),
sustained as (
    select repeated.reading_id, repeated.evidence_id, repeated.first_id
    from repeated
    anti join step.adverse as adverse
        on adverse.reading_id = repeated.reading_id
        and adverse.criterion_id = repeated.criterion_id
        and adverse.event_from <= repeated.event_from
        and adverse.event_to >= repeated.first_to
)
select
    reached.* exclude (rung),
    row_number() over () as unit_id,
    sustained.first_id,
    case when sustained.first_id is not null then cast(stops.rung as integer) else reached.rung end as rung
from reached
join rule.stops as stops on stops.what = 'sustained'
left join sustained
    on sustained.reading_id = reached.reading_id
    and sustained.evidence_id = reached.evidence_id
    and reached.partner_id is null;
