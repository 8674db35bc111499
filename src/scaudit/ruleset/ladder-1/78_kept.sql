-- kept: the rung that every supporting unit keeps once all that stands against it is weighed.
create or replace table step.kept as
with held as (
    select unit_id, min(kept) as kept
    from step.standing
    group by unit_id
)
select supports.*, coalesce(held.kept, supports.rung) as kept, held.unit_id is not null as opposed
from step.supports as supports
left join held on held.unit_id = supports.unit_id;
