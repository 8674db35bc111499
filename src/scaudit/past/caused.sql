-- Parameter: all. caused: every move with all that explains it: the factors that alone make it (the former run with
-- them as now stands as the latter) or alone undo it (the latter with them as then stands as the former). Where none
-- does alone, the first two tried that do together, or else all that differ. Its cause is the only factor; or 'each'
-- where each makes it, 'all' where none does but undoing any undoes it, 'mixed' in between, 'several' for the rest.
create or replace table past.caused as
with moved as (
    select 'criterion' as what, criterion_id as id, reading from step.moved
    union all
    select 'item', item_id, reading from past.moved_items
),
tried as (
    select
        what, id, reading, factors, len(factors) as size, min(position) as position,
        bool_or(base = 'from') as makes, bool_or(base = 'to') as undoes
    from past.explained
    group by what, id, reading, factors
),
alone as (
    select
        what, id, reading,
        list(factors[1] order by position) as causes,
        coalesce(list(factors[1] order by position) filter (makes), []) as makes,
        coalesce(list(factors[1] order by position) filter (undoes), []) as undoes
    from tried
    where size = 1
    group by what, id, reading
),
together as (
    select what, id, reading, min_by(factors, position) as causes
    from tried
    where size > 1
    group by what, id, reading
)
select
    moved.*,
    case
        when alone.id is null then 'several'
        when len(alone.causes) = 1 then alone.causes[1]
        when len(alone.makes) = len(alone.causes) then 'each'
        when len(alone.makes) = 0 then 'all'
        else 'mixed'
    end as cause,
    coalesce(alone.causes, together.causes, $1) as causes,
    coalesce(alone.makes, []) as makes,
    coalesce(alone.undoes, []) as undoes
from moved
left join alone on alone.what = moved.what and alone.id = moved.id and alone.reading = moved.reading
left join together on together.what = moved.what and together.id = moved.id and together.reading = moved.reading;
