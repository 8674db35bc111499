-- Every scenario is tried on the criteria that it can touch: another shelf life or another way of pairing where it may
-- make pairs or age what is met, another weight where a record of that kind of body counts.
insert into scope
with able as (
    select criterion_id
    from step.singles
    where reading_id = 'verified' and grade >= 3 and tense <> 'promise'
    group by criterion_id
    having count(distinct (group_id, source_id)) > 1
),
kinds as (
    select distinct criterion_id, origin_kind
    from step.admitted
    where reading_id = 'verified' and disposition = 'counted'
)
select 'if/' || scenarios.scenario, rungs.criterion_id
from {home}.rule.scenarios as scenarios
cross join {home}.result.rungs as rungs
join {home}.result.asks as asks on asks.criterion_id = rungs.criterion_id
join {home}.rule.stops as met on met.what = 'met'
left join able on able.criterion_id = rungs.criterion_id
left join kinds on kinds.criterion_id = rungs.criterion_id and kinds.origin_kind = scenarios.origin_kind
where rungs.reading_id = 'verified'
    and (
        kinds.criterion_id is not null
        or (scenarios.pairing is not null and able.criterion_id is not null)
        or (
            list_contains(string_split(scenarios.kind, '|'), asks.kind)
            and not asks.own_shelf_life
            and (able.criterion_id is not null or rungs.rung >= cast(met.rung as integer))
        )
    );
