-- Parameters: tables of which nothing is published, how many pairs are looked at. The rows in quarantine that name an
-- item; where there are more pairs of a row and an item than that, all rows are every item's.
insert into told
with held as (
    select concat_ws(chr(10), "key", value, reason) as words, md5_number(row(*columns(*))::varchar) as number
    from quarantine
    where not list_contains($1, table_name)
),
sizes as (
    select (select count(*) from held) * (select count(*) from clean.recommendations) > $2 as too_many
)
select items.item_id, 'showing', 'quarantine', in_one(held.number), count(*)
from clean.recommendations as items
join held on contains(held.words, items.item_id)
where not (select too_many from sizes)
group by items.item_id
union all
select items.item_id, 'showing', 'quarantine', summed.number, summed.many
from clean.recommendations as items
cross join (select in_one(number) as number, count(*) as many from held) as summed
where (select too_many from sizes);
