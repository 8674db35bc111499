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
),
looked_at as (
    select * from held where not (select too_many from sizes)
)
select items.item_id, 'showing', 'quarantine', in_one(looked_at.number), count(*)
from clean.recommendations as items
join looked_at on contains(looked_at.words, items.item_id)
group by items.item_id
union all
select items.item_id, 'showing', 'quarantine', summed.number, summed.many
from clean.recommendations as items
cross join (select in_one(number) as number, count(*) as many from held) as summed
where (select too_many from sizes);
