-- The items of which the status is another on the second side, in one reading or both.
with statuses as (
    select
        item_id,
        max(status) filter (where reading_id = 'from/verified') as verified_from,
        max(status) filter (where reading_id = 'from/claimed') as claimed_from,
        max(status) filter (where reading_id = 'to/verified') as verified_to,
        max(status) filter (where reading_id = 'to/claimed') as claimed_to
    from result.items
    group by item_id
)
select statuses.*, items.title, items.kind
from statuses
join clean.recommendations as items on items.item_id = statuses.item_id
where verified_from <> verified_to or claimed_from <> claimed_to
order by items.kind desc, items.item_id;
