-- groups: the responsibility group of every body (method, section 1).
-- Bodies linked by parents share responsibility; a body independent by statute starts a group of its own.
create or replace table step.groups as
with recursive climb as (
    select
        body_id,
        body_id as top_id,
        case when independent_by_statute then null else parent_id end as next_id
    from clean.bodies
    union all
    select
        climb.body_id,
        parent.body_id as top_id,
        case when parent.independent_by_statute then null else parent.parent_id end as next_id
    from climb
    join clean.bodies as parent on parent.body_id = climb.next_id
)
select body_id, top_id as group_id
from climb
where next_id is null;
