-- standing: which adverse unit stands against which support, and to what rung it holds it (method, section 4).
create or replace table step.standing as
with weighed as (
    select
        supports.reading_id,
        supports.criterion_id,
        supports.unit_id,
        supports.rung,
        adverse.unit_id as adverse_unit_id,
        adverse.evidence_id as adverse_id,
        adverse.grade as adverse_grade,
        adverse.event_from > supports.event_to as adverse_later,
        adverse.event_from > supports.event_to and supports.kind = 'policy' and adverse.own
            and adverse.tense = 'act' and adverse.basis = 'document' as withdrawing,
        supports.event_from > adverse.event_to
        and (
            (supports.by_grade and supports.grade >= adverse.grade)
            or supports.by_text
            or (
                (supports.by_origin or (supports.by_both and supports.grade >= adverse.grade))
                and adverse.partner_id is null
                and supports.origin_id = adverse.origin_id
            )
        ) as cured
    from step.supports as supports
    join step.adverse as adverse
        on adverse.reading_id = supports.reading_id and adverse.criterion_id = supports.criterion_id
)
select
    weighed.* exclude (cured),
    case
        when weighed.withdrawing then least(weighed.rung, cast(withdrawn.rung as integer))
        else least(
            weighed.rung,
            coalesce(cast(caps.at_most as integer), weighed.rung - cast(caps.down as integer))
        )
    end as kept
from weighed
join rule.stops as withdrawn on withdrawn.what = 'withdrawn'
join rule.caps as caps
    on weighed.rung between cast(caps.support_from as integer) and cast(caps.support_to as integer)
    and weighed.adverse_grade between cast(caps.adverse_from as integer) and cast(caps.adverse_to as integer)
where not weighed.cured;
