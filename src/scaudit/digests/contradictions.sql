-- The entries of the register that bear on an item; their order is printed.
insert into told
with numbered as (
    select
        contradiction_id, _file, _sheet, _row,
        md5(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as digest
    from clean.contradictions
)
select
    bearing.item_id, 'scoring', 'contradictions',
    md5_number(string_agg(numbered.digest, ' ' order by numbered._file, numbered._sheet, numbered._row)), count(*)
from bearing
join numbered on numbered.contradiction_id = bearing.contradiction_id
group by bearing.item_id;
