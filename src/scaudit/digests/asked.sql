-- Parameters: use, table. The rows of a table that say of which criterion they are.
insert into told
with summed as (
    select
        criterion_id,
        bit_xor(md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar)) as number,
        count(*) as many
    from {table}
    group by criterion_id
)
select criteria.item_id, $1, $2, bit_xor(summed.number), sum(summed.many)
from summed
join clean.criteria as criteria on criteria.criterion_id = summed.criterion_id
group by criteria.item_id;
