-- Parameters: tables of which nothing is published, how many pieces of text are looked at. The rows in quarantine that
-- name an item; where there are more pieces as long as an id of an item, all rows are every item's.
insert into told
with held as (
    select
        row_number() over () as place,
        concat_ws(chr(10), "key", value, reason) as words,
        md5_number(row(*columns(*))::varchar) as number
    from quarantine
    where not list_contains($1, table_name)
),
widths as (
    select distinct length(item_id) as width from clean.recommendations
),
sizes as (
    select (select sum(length(words)) from held) * (select count(*) from widths) > $2 as too_many
),
pieces as (
    select
        held.place, held.number, held.words, widths.width,
        unnest(range(1, length(held.words) - widths.width + 2)) as first
    from held
    cross join widths
    where not (select too_many from sizes)
),
named as (
    select distinct items.item_id, pieces.place, pieces.number
    from pieces
    join clean.recommendations as items on items.item_id = substr(pieces.words, pieces.first, pieces.width)
)
select item_id, 'showing', 'quarantine', in_one(number), count(*)
from named
group by item_id
union all
select items.item_id, 'showing', 'quarantine', summed.number, summed.many
from clean.recommendations as items
cross join (select in_one(number) as number, count(*) as many from held) as summed
where (select too_many from sizes);
