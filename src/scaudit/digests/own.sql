-- Parameters: use, table. The rows of a table that say of which item they are.
insert into told
select item_id, $1, $2, bit_xor(md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar)), count(*)
from {table}
group by item_id;
