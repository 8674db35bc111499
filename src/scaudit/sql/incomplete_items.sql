-- The items of which a criterion is in quarantine, or all records of one since they are too many to be weighed (method,
-- section 4, flag incomplete). Of a row that could not be
-- read its key is known at best, and begins with the item; where not even that is known, every item may miss one.
with held as (
    select distinct faults."key", criteria.item_id, criteria._row is null as unreadable
    from quarantine as faults
    left join raw.criteria as criteria
        on criteria._file = faults.file
        and criteria._sheet is not distinct from faults.sheet
        and criteria._row = faults."row"
    where faults.table_name = 'criteria' and faults.rule <> 'repeat'
)
select item_id from held where item_id is not null
union
select items.item_id
from clean.recommendations as items
join held on held.unreadable and (held."key" is null or starts_with(held."key", items.item_id))
union
select criteria.item_id
from quarantine as faults
join raw.evidence as records
    on records._file = faults.file and records._sheet is not distinct from faults.sheet and records._row = faults."row"
join clean.criteria as criteria on criteria.criterion_id = records.criterion_id
where faults.table_name = 'evidence' and faults.rule = 'E316';
