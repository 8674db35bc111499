-- claims: how far what the issuer of a concern says is borne out (method, section 4, "Claims").
create or replace table result.claims as
with said as (
    select
        judged.reading_id,
        judged.criterion_id,
        count(records.evidence_id) filter (where not records.issuer_own) as others,
        coalesce(max(records.grade) filter (where records.stance <> 'contradicts'), 0) as for_grade,
        coalesce(max(records.grade) filter (where records.stance = 'contradicts'), 0) as against_grade,
        coalesce(max(records.grade) filter (where records.stance = 'supports'), 0) as whole_grade,
        count(distinct records.origin_id) filter (
            where records.stance = 'supports' and records.grade >= 3
        ) as whole_origins,
        coalesce(
            bool_or(records.grade >= 3 and (records.own or records.origin_kind = 'court'))
                filter (where records.stance = 'supports'),
            false
        ) as decisive
    from step.judged as judged
    left join step.admitted as records
        on records.reading_id = judged.reading_id
        and records.criterion_id = judged.criterion_id
        and records.disposition = 'counted'
    where judged.kind = 'claim'
    group by judged.reading_id, judged.criterion_id
),
matched as (
    select
        said.*,
        rules.standing,
        row_number() over (
            partition by said.reading_id, said.criterion_id order by cast(rules.position as integer)
        ) as choice
    from said
    join rule.standings as rules
        on (rules.nobody_else = '*' or rules.nobody_else = cast(said.others = 0 as varchar))
        and said.for_grade >= cast(rules.for_from as integer)
        and said.against_grade >= cast(rules.against_from as integer)
        and (rules.decisive = '*' or rules.decisive = cast(said.decisive as varchar))
        and said.whole_grade >= cast(rules.whole_grade_from as integer)
        and said.whole_origins >= cast(rules.whole_origins_from as integer)
)
select * exclude (choice)
from matched
where choice = 1;
