-- Parameters: table, column, limit. Rows of one thing beyond those that can be weighed: each record is taken against
-- each that contradicts it, so that a hundred times the rows would take ten thousand times as long.
insert into fault
with sound as (
    select rowid as rid, {column} as named, row_number() over (partition by {column} order by rowid) as nth
    from {raw}
    where {column} is not null and rowid not in (select rid from fault where table_name = $1)
)
select $1, rid, $2, named, 'E316', 'one ' || $2 || ' has ' || $3 || ' rows at most, and those before this one are as many'
from sound
where nth > $3
