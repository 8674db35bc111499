-- Who answers for the criteria of an item.
insert into told
with numbered as (
    select criterion_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number
    from clean.responsibilities
)
select criteria.item_id, 'scoring', 'responsibilities', in_one(numbered.number), count(*)
from numbered
join clean.criteria as criteria on criteria.criterion_id = numbered.criterion_id
group by criteria.item_id;
