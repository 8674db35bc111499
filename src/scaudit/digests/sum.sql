-- The records of these criteria, as one number each.
insert into made.sums
with numbered as (
    select criterion_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number
    from clean.evidence
    semi join unsummed using (criterion_id)
)
select criterion_id, in_one(number), count(*)
from numbered
group by criterion_id;
