-- Parameters: use, table. The rows of a table that say of which criterion they are.
insert into told
with numbered as (
    select criterion_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number
    from {table}
),
summed as (
    select criterion_id, in_one(number) as number, count(*) as many
    from numbered
    group by criterion_id
)
select criteria.item_id, $1, $2, in_one(summed.number), sum(summed.many)
from summed
join clean.criteria as criteria on criteria.criterion_id = summed.criterion_id
group by criteria.item_id;
