-- Every criterion with its defaults filled in and all bodies that answer for it.
with others as (
    select asks.criterion_id, list_sort(list(distinct responsibilities.body_id)) as body_ids
    from result.asks as asks
    join clean.responsibilities as responsibilities
        on responsibilities.criterion_id = asks.criterion_id
        and responsibilities.body_id <> asks.accountable_id
    group by asks.criterion_id
)
select
    asks.criterion_id, asks.item_id, asks.kind, criteria.ask, asks.required, asks.window_from, asks.window_to,
    coalesce(asks.window_to <= readings.as_of, false) as closed,
    list_prepend(asks.accountable_id, coalesce(others.body_ids, cast([] as varchar[]))) as accountable,
    criteria.source_id, criteria.locator, asks.shelf_life_months, asks.sustain_months
from result.asks as asks
join clean.criteria as criteria on criteria.criterion_id = asks.criterion_id
join readings on readings.reading_id = 'verified'
left join others on others.criterion_id = asks.criterion_id
order by asks.criterion_id;
