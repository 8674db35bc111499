-- Every scenario is tried on the criteria that it can touch: another shelf life or another way of pairing where it may
-- make pairs or age what is met, another weight where a record of that kind of body counts.
insert into scope
with able as (
    select criterion_id, count(distinct source_id) filter (where grade >= 3 and tense <> 'promise') as sources
    from step.singles
    where reading_id = 'verified'
    group by criterion_id
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
left join able on able.criterion_id = rungs.criterion_id
left join kinds on kinds.criterion_id = rungs.criterion_id and kinds.origin_kind = scenarios.origin_kind
where rungs.reading_id = 'verified'
    and (
        kinds.criterion_id is not null
        or (scenarios.pairing is not null and able.sources > 1)
        or (
            list_contains(string_split(scenarios.kind, '|'), asks.kind)
            and not asks.own_shelf_life
            and (able.sources > 1 or rungs.rung >= 5)
        )
    );
