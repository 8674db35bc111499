-- asks: every criterion with its defaults filled in (method, sections 1 and 4).
create or replace table result.asks as
select
    criteria.criterion_id,
    criteria.item_id,
    criteria.kind,
    criteria.required and criteria.kind <> 'claim' as required,
    coalesce(criteria.accountable_id, items.accountable_id) as accountable_id,
    coalesce(
        criteria.window_from,
        case
            when items.kind = 'recommendation' then cast(items.issued_on + interval 1 day as date)
            else programme.opens_on
        end
    ) as window_from,
    criteria.window_to,
    coalesce(criteria.shelf_life_months, cast(shelf.shelf_life_months as integer)) as shelf_life_months,
    criteria.shelf_life_months is not null as own_shelf_life,
    coalesce(criteria.sustain_months, cast(shelf.sustain_months as integer)) as sustain_months,
    items.issuer_id
from clean.criteria as criteria
join clean.recommendations as items on items.item_id = criteria.item_id
join rule.shelf_lives as shelf on shelf.kind = criteria.kind
cross join programme;
