-- item_flags: the flags of an item: those of its criteria, and those that concern the item alone
-- (method, section 4: overdue, issuer_differs, incomplete).
create or replace table result.item_flags as
with said as (
    select
        readings.reading_id,
        dispositions.item_id,
        max_by(dispositions.disposition, (dispositions.stated_on, dispositions.source_id)) as disposition
    from clean.dispositions as dispositions
    join clean.recommendations as items
        on items.item_id = dispositions.item_id and items.issuer_id = dispositions.body_id
    join readings on dispositions.stated_on <= least(readings.as_of, readings.known_on)
    group by readings.reading_id, dispositions.item_id
)
select distinct rungs.reading_id, rungs.item_id, flags.flag
from result.flags as flags
join result.rungs as rungs
    on rungs.reading_id = flags.reading_id and rungs.criterion_id = flags.criterion_id
where rungs.required
union all
select statuses.reading_id, statuses.item_id, 'overdue' as flag
from result.items as statuses
join clean.recommendations as items on items.item_id = statuses.item_id
join readings on readings.reading_id = statuses.reading_id
where items.target_on < readings.as_of and statuses.status <> 'verified'
union all
select statuses.reading_id, statuses.item_id, 'issuer_differs' as flag
from result.items as statuses
join said on said.reading_id = statuses.reading_id and said.item_id = statuses.item_id
where (said.disposition = 'closed_implemented' and statuses.weakest < 5 and statuses.required > 0)
    or (said.disposition in ('open', 'partial') and statuses.met_low = statuses.required and statuses.required > 0)
union all
select reading_id, item_id, 'incomplete' as flag
from result.items
where incomplete;
