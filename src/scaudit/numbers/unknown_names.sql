-- The first of what thresholds name that no sound row has, and whether a row of it is in quarantine: then it is wrong to
-- name it only where there are figures, which would else say something of nothing.
with had as (
    select 'criterion' as what, criterion_id as name from clean.criteria
    union all
    select 'body', body_id from clean.bodies
    union all
    select 'source', source_id from clean.sources
),
held as (
    select distinct
        case table_name when 'criteria' then 'criterion' when 'bodies' then 'body' when 'sources' then 'source' end as what,
        "key" as name
    from quarantine
)
select named.indicator_id, named.what, named.name, held.name is not null as is_held
from named
anti join had using (what, name)
left join held using (what, name)
where held.name is null or named.has_figures
order by named.indicator_id, named.what, named.name
limit 1;
