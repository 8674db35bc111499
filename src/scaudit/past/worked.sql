-- Parameters: base (the side that was given rows of the other), name of its readings. worked: whether it stands then
-- where the other stands.
insert into past.worked
with turns as (
    select distinct criterion_id, turn, manner, base, reading, lead_id from past.tests
)
select
    moved.criterion_id, moved.reading, $1, turns.manner, turns.lead_id, turns.turn,
    case $1
        when 'to' then tried.rung = moved.rung_from and tried.stale = moved.stale_from
        else tried.rung = moved.rung_to and tried.stale = moved.stale_to
    end
from step.moved as moved
join turns on turns.criterion_id = moved.criterion_id
join result.rungs as tried
    on tried.reading_id = $2 || '/' || moved.reading
    and tried.criterion_id = turns.turn || ' ' || moved.criterion_id
where coalesce(turns.base, $1) = $1 and coalesce(turns.reading, moved.reading) = moved.reading
union all
select
    moved.criterion_id, moved.reading, $1, turns.manner, turns.lead_id, turns.turn,
    tried.standing = case $1 when 'to' then moved.standing_from else moved.standing_to end
from step.moved as moved
join turns on turns.criterion_id = moved.criterion_id
join result.claims as tried
    on tried.reading_id = $2 || '/' || moved.reading
    and tried.criterion_id = turns.turn || ' ' || moved.criterion_id
where coalesce(turns.base, $1) = $1 and coalesce(turns.reading, moved.reading) = moved.reading;
