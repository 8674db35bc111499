-- The documents that rows of an item name.
insert into told
with numbered as (
    select source_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number from clean.sources
),
halved as (
    select source_id, upper_half(number) as upper, lower_half(number) as lower from numbered
)
select sourced.item_id, 'scoring', 'sources', joined(bit_xor(halved.upper), bit_xor(halved.lower)), count(*)
from sourced
join halved on halved.source_id = sourced.source_id
group by sourced.item_id;
