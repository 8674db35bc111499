-- Parameter: table. Adds what became of every key whose rows are not the same in both runs: the columns that differ,
-- whether it was loaded in either, and why not.
insert into past.changes
with cells as (
    select *
    from (select key_id, had, has, {columns} from past.differing where unread is null)
    unpivot include nulls (cell for column_name in ({columns}))
),
altered as (
    select key_id, column_name
    from cells
    group by key_id, column_name
    having sum(had) > 0 and sum(has) > 0
        and list_sort(list(distinct coalesce(cell, '')) filter (had > 0))
            <> list_sort(list(distinct coalesce(cell, '')) filter (has > 0))
),
named as (
    select key_id, list(column_name) as columns from altered group by key_id
),
held as (
    select differing.key_id, false as latter, faults.reason
    from past.differing as differing
    join former.quarantine as faults
        on faults.table_name = $1
        and faults.file = differing.place_from[1]
        and faults.sheet is not distinct from differing.place_from[2]
        and faults."row" = differing.place_from[3]
    where not differing.loaded
    union all
    select differing.key_id, true, faults.reason
    from past.differing as differing
    join latter.quarantine as faults
        on faults.table_name = $1
        and faults.file = differing.place_to[1]
        and faults.sheet is not distinct from differing.place_to[2]
        and faults."row" = differing.place_to[3]
    where not differing.loaded
),
told as (
    select key_id, latter, list_sort(list(distinct reason)) as reasons from held group by key_id, latter
),
keys as (
    select
        key_id,
        any_value(concat_ws(' ', {key})) as "key",
        any_value({first_key}) as first_part,
        bool_or(loaded) filter (had > 0) as loaded_from,
        bool_or(loaded) filter (has > 0) as loaded_to,
        coalesce(min(place_to), min(place_from)) as place,
        case when bool_and(unread is not null) then sum(had + has) end as unread
    from past.differing
    group by key_id
)
select
    $1,
    keys."key",
    keys.first_part,
    case
        when keys.loaded_from is null then 'added'
        when keys.loaded_to is null then 'withdrawn'
        when keys.loaded_from and not keys.loaded_to then 'held'
        when keys.loaded_to and not keys.loaded_from then 'released'
        else 'changed'
    end as change,
    coalesce(named.columns, []),
    null,
    keys.loaded_from,
    keys.loaded_to,
    case
        when not keys.loaded_to then coalesce(told_to.reasons, [])
        when keys.loaded_from then []
        else coalesce(told_from.reasons, [])
    end,
    keys.place[1],
    keys.place[3],
    keys.unread
from keys
left join named on named.key_id = keys.key_id
left join told as told_from on told_from.key_id = keys.key_id and not told_from.latter
left join told as told_to on told_to.key_id = keys.key_id and told_to.latter;
