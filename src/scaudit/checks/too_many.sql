-- Parameters: table, column, limit. Rows of one thing that are more than can be weighed: each record is taken against each
-- that contradicts it, so that a hundred times the rows would take ten thousand times as long. Then none of them stays,
-- for whichever stayed would be chosen by their order in the file.
insert into fault
with sound as (
    select rowid as rid, {column} as named
    from {raw}
    where {column} is not null and rowid not in (select rid from fault where table_name = $1)
),
crowds as (
    select named, count(*) as many from sound group by named having count(*) > $3
)
select $1, rid, $2, named, 'E316',
    'one ' || $2 || ' has ' || many || ' rows, and ' || $3 || ' at most can be weighed; none of them is'
from sound
join crowds using (named)
