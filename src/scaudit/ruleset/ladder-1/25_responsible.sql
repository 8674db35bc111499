-- responsible: the groups that answer for a criterion, through its accountable bodies.
create or replace table step.responsible as
with accountable as (
    select criterion_id, accountable_id as body_id from result.asks
    union all
    select criterion_id, body_id from clean.responsibilities
)
select distinct accountable.criterion_id, groups.group_id
from accountable
join step.groups as groups on groups.body_id = accountable.body_id;
