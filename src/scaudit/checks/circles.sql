-- Parameters: table, column. Rows whose chain of references never ends: what is not reached from the ends
-- of the chains goes round in a circle, or leads into one.
insert into fault
with recursive link as (
    select distinct {parent_key} as id, {column} as next
    from {raw}
    where {column} is not null and {parent_key} is not null
),
ending as (
    select id from link where next not in (select id from link)
    union
    select link.id from link join ending on link.next = ending.id
)
select $1, rowid, $2, {column}, 'E204', 'its chain of references goes round in a circle'
from {raw}
where {column} is not null and {parent_key} in (select id from link) and {parent_key} not in (select id from ending)
