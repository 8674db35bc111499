-- Parameter: the most records that the tests of one criterion may take. tests: the rows that a side takes from the
-- other, turn by turn: every altered row alone, and all but that one. A row that is the only one has been tried
-- already, as the evidence.
create or replace table past.tests as
with numbered as (
    select
        criterion_id,
        evidence_id,
        row_number() over (partition by criterion_id order by evidence_id) as turn,
        count(*) over (partition by criterion_id) as altered
    from past.altered
),
sizes as (
    select criterion_id, count(*) as records
    from (
        select criterion_id from former.clean.evidence
        union all
        select criterion_id from latter.clean.evidence
    )
    group by criterion_id
),
fit as (
    select numbered.*
    from numbered
    join sizes on sizes.criterion_id = numbered.criterion_id
    where numbered.altered > 1 and 2 * numbered.altered * sizes.records <= $1
)
select
    criterion_id, turn, 'alone' as manner, cast(null as varchar) as base, cast(null as varchar) as reading,
    evidence_id as lead_id, evidence_id
from fit
union all
select lead.criterion_id, lead.altered + lead.turn, 'without', null, null, lead.evidence_id, others.evidence_id
from fit as lead
join fit as others on others.criterion_id = lead.criterion_id and others.turn <> lead.turn;
