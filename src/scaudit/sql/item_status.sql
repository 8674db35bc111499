-- The status of every item in the two readings of the audit.
with flagged as (
    select reading_id, item_id, list_sort(list(distinct flag)) as flags
    from result.item_flags
    where reading_id in ('verified', 'claimed')
    group by reading_id, item_id
)
select
    statuses.item_id, statuses.reading_id as reading, statuses.status, statuses.required, statuses.met_low,
    statuses.met_high, statuses.weakest_fresh as weakest, statuses.strongest,
    coalesce(flagged.flags, cast([] as varchar[])) as flags
from result.items as statuses
left join flagged on flagged.reading_id = statuses.reading_id and flagged.item_id = statuses.item_id
where statuses.reading_id in ('verified', 'claimed')
order by statuses.item_id, reading;
