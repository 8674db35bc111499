-- judged: which criterion is judged in which reading, on which day, by which shelf life and way of pairing (method,
-- sections 1, 4 and 7). A scoped reading judges the criteria of its scope alone; a scenario changes one choice.
create or replace table step.judged as
with wanted as (
    select readings.*, asks.*
    from readings
    cross join result.asks as asks
    where not readings.scoped
    union all
    select readings.*, asks.*
    from readings
    join scope on scope.reading_id = readings.reading_id
    join result.asks as asks on asks.criterion_id = scope.criterion_id
    where readings.scoped
)
select
    wanted.* exclude (shelf_life_months),
    least(wanted.as_of, wanted.window_to) as judged_on,
    case
        when not wanted.own_shelf_life and list_contains(string_split(scenarios.kind, '|'), wanted.kind)
            then coalesce(cast(scenarios.shelf_life_months as integer), wanted.shelf_life_months)
        else wanted.shelf_life_months
    end as shelf_life_months,
    coalesce(scenarios.pairing, 'origins') as pairing
from wanted
left join rule.scenarios as scenarios on scenarios.scenario = wanted.scenario;
