-- items: the status of every item from its required criteria (method, section 6). No averages, no weights.
create or replace table result.items as
with judged as (
    select
        rungs.*,
        rungs.rung >= cast(met.rung as integer) and not rungs.stale as met,
        refuted.criterion_id is not null as refuted,
        doubted.criterion_id is not null and rungs.unopposed >= cast(met.rung as integer) as met_but_for_doubt
    from result.rungs as rungs
    join rule.stops as met on met.what = 'met'
    left join (
        select distinct reading_id, criterion_id from result.flags
        where flag in ('reopened', 'contested', 'withdrawn')
    ) as refuted
        on refuted.reading_id = rungs.reading_id and refuted.criterion_id = rungs.criterion_id
    left join (
        select distinct reading_id, criterion_id from result.flags where flag in ('reopened', 'contested')
    ) as doubted
        on doubted.reading_id = rungs.reading_id and doubted.criterion_id = rungs.criterion_id
    where rungs.required
),
summed as (
    select
        readings.reading_id,
        items.item_id,
        count(judged.criterion_id) as required,
        count(judged.criterion_id) filter (where judged.met) as met_low,
        count(judged.criterion_id) filter (
            where judged.met or judged.rung = 0 or judged.stale or judged.met_but_for_doubt
        ) as met_high,
        coalesce(min(judged.rung), 0) as weakest,
        coalesce(min(case when judged.stale then least(judged.rung, 4) else judged.rung end), 0) as weakest_fresh,
        coalesce(max(judged.rung), 0) as strongest,
        coalesce(bool_or(judged.refuted), false) as refuted,
        incomplete.item_id is not null as incomplete
    from readings
    cross join clean.recommendations as items
    left join judged on judged.reading_id = readings.reading_id and judged.item_id = items.item_id
    left join incomplete on incomplete.item_id = items.item_id
    where not readings.scoped
    group by readings.reading_id, items.item_id, incomplete.item_id
),
matched as (
    select
        summed.*,
        rules.status,
        row_number() over (
            partition by summed.reading_id, summed.item_id order by cast(rules.position as integer)
        ) as choice
    from summed
    join rule.statuses as rules
        on (rules.met = '*'
            or (rules.met = 'all' and summed.met_low = summed.required and summed.required > 0)
            or (rules.met = 'some' and summed.met_low > 0))
        and summed.weakest >= cast(rules.weakest_from as integer)
        and (rules.refuted = '*' or rules.refuted = cast(summed.refuted as varchar))
        and (rules.complete = '*' or rules.complete = cast(not summed.incomplete as varchar))
        and summed.strongest between cast(rules.best_from as integer) and cast(rules.best_to as integer)
)
select * exclude (choice)
from matched
where choice = 1;
