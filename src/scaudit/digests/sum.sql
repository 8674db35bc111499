-- The records of these criteria, as one number each; and as another one the documents and bodies that they name.
insert into made.sums
with numbered as (
    select
        criterion_id, source_id, quoted_source_id, origin_id,
        md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number
    from clean.evidence
    semi join unsummed using (criterion_id)
),
summed as (
    select criterion_id, in_one(number) as number, count(*) as many from numbered group by criterion_id
),
naming as (
    select criterion_id, 'source' as kind, unnest([source_id, quoted_source_id]) as id from numbered
    union
    select criterion_id, 'body', origin_id from numbered
),
named as (
    select naming.criterion_id, in_one(md5_number(names.kind || hex(names.number))) as number
    from naming
    join names on names.kind = naming.kind and names.id = naming.id
    group by naming.criterion_id
)
select summed.criterion_id, summed.number, named.number, summed.many
from summed
left join named on named.criterion_id = summed.criterion_id;
