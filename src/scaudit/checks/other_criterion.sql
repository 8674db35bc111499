-- A record takes the place of an earlier one about the same criterion; it cannot silence one about another. Few records
-- take a place, so of all others only those that are named are looked at.
insert into fault
with replacing as (
    select rowid as rid, replaces, criterion_id
    from raw.evidence
    where replaces is not null and criterion_id is not null
)
select 'evidence', e.rid, 'replaces', any_value(e.replaces), 'E205',
    'it replaces ' || any_value(e.replaces) || ', a record of another criterion'
from replacing as e
join raw.evidence as r on r.evidence_id = e.replaces
where r.criterion_id is not null
group by e.rid
having bool_and(r.criterion_id <> e.criterion_id)
