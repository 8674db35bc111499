-- movements: every move with its cause: 'records' where leaving some out undoes it, 'days' where no record made it, but
-- the days that passed (a shelf life, a window), 'both' where leaving out all that changed alters it and undoes it not.
create or replace table {home}.result.movements as
with whole as (
    select undone.*
    from step.undone as undone
    join (select distinct criterion_id, turn from step.tests where manner = 'all') as tests
        on tests.criterion_id = undone.criterion_id and tests.turn = undone.turn
),
named as (
    select distinct criterion_id, reading from {home}.result.movers
)
select
    moved.* exclude (high, low),
    case
        when named.criterion_id is not null then 'records'
        when coalesce(whole.untouched, true) then 'days'
        else 'both'
    end as cause
from step.moved as moved
left join named on named.criterion_id = moved.criterion_id and named.reading = moved.reading
left join whole on whole.criterion_id = moved.criterion_id and whole.reading = moved.reading;
