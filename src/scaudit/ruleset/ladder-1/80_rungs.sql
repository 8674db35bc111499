-- rungs: how far every criterion has come in every reading, and on which record that hangs (method, section 4).
create or replace table result.rungs as
with best as (
    select
        kept.reading_id,
        kept.criterion_id,
        max(kept.kept) as kept,
        max(kept.rung) as unopposed,
        max(case when kept.kept >= cast(met.rung as integer) then kept.event_to end) as met_to
    from step.kept as kept
    join rule.stops as met on met.what = 'met'
    group by kept.reading_id, kept.criterion_id
),
binding as (
    select
        kept.reading_id,
        kept.criterion_id,
        kept.evidence_id,
        kept.partner_id,
        kept.first_id,
        kept.stance,
        kept.tense,
        kept.grade,
        kept.rung,
        row_number() over (
            partition by kept.reading_id, kept.criterion_id
            order by
                kept.rung = kept.kept desc, kept.rung desc, kept.event_to desc, kept.grade desc, kept.partner_id is null desc,
                kept.recorded_on desc, kept.evidence_id
        ) as choice
    from step.kept as kept
    join best
        on best.reading_id = kept.reading_id
        and best.criterion_id = kept.criterion_id
        and best.kept = kept.kept
),
against as (
    select
        singles.reading_id,
        singles.criterion_id,
        max(singles.grade) as grade,
        max_by(
            singles.evidence_id, (singles.grade, singles.event_to, singles.recorded_on, singles.evidence_id)
        ) as evidence_id
    from step.singles as singles
    join readings on readings.reading_id = singles.reading_id
    join rule.readings as rules on rules.reading = readings.reading
    where singles.stance = 'contradicts' and singles.grade >= cast(rules.adverse_from as integer)
    group by singles.reading_id, singles.criterion_id
)
select
    judged.reading_id,
    judged.criterion_id,
    judged.item_id,
    judged.kind,
    judged.required,
    judged.judged_on,
    greatest(
        coalesce(best.kept, 0),
        case when against.grade is not null then cast(floor_rung.rung as integer) else 0 end
    ) as rung,
    coalesce(best.unopposed, 0) as unopposed,
    coalesce(
        best.kept >= cast(met.rung as integer)
        and best.met_to + interval 1 month * judged.shelf_life_months < judged.judged_on,
        false
    ) as stale,
    binding.evidence_id,
    binding.partner_id,
    binding.first_id,
    binding.stance,
    binding.tense,
    binding.grade,
    binding.rung as bound_from,
    against.evidence_id as against_id,
    against.grade as against_grade
from step.judged as judged
join rule.stops as floor_rung on floor_rung.what = 'adverse'
join rule.stops as met on met.what = 'met'
left join best on best.reading_id = judged.reading_id and best.criterion_id = judged.criterion_id
left join binding
    on binding.reading_id = judged.reading_id
    and binding.criterion_id = judged.criterion_id
    and binding.choice = 1
left join against
    on against.reading_id = judged.reading_id and against.criterion_id = judged.criterion_id
where judged.kind <> 'claim';
