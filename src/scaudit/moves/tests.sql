-- tests: what is left out of both sides, turn by turn, to see whether that undoes a move: every changed record alone,
-- then together those of weight for one reading, then all that changed.
create or replace table step.tests as
with singles as (
    select criterion_id, lead_id, dense_rank() over (partition by criterion_id order by lead_id) as turn
    from (select distinct criterion_id, lead_id from step.changed)
),
counts as (
    select criterion_id, max(turn) as singles from singles group by criterion_id
)
select criterion_id, turn, 'alone' as manner, cast(null as varchar) as reading, lead_id
from singles
union all
select
    weighty.criterion_id,
    counts.singles + case weighty.reading when 'verified' then 1 else 2 end,
    'together',
    weighty.reading,
    weighty.lead_id
from step.weighty as weighty
join counts on counts.criterion_id = weighty.criterion_id
union all
select singles.criterion_id, counts.singles + 3, 'all', null, singles.lead_id
from singles
join counts on counts.criterion_id = singles.criterion_id;
