-- The documents that rows of an item name.
insert into told
with numbered as (
    select source_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number from clean.sources
)
select sourced.item_id, 'scoring', 'sources', in_one(numbered.number), count(*)
from sourced
join numbered on numbered.source_id = sourced.source_id
group by sourced.item_id;
