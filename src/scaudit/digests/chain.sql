-- Of every body, itself and all bodies above it, as one number.
create or replace temp table chain as
with recursive climb as (
    select body_id, body_id as above_id from clean.bodies
    union
    select climb.body_id, bodies.parent_id
    from climb
    join clean.bodies as bodies on bodies.body_id = climb.above_id
    where bodies.parent_id is not null
),
told as (
    select body_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number from clean.bodies
)
select climb.body_id, in_one(told.number) as number, count(*) as many
from climb
join told on told.body_id = climb.above_id
group by climb.body_id;
