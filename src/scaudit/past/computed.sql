-- Adds what became of evidence that stands in no file, since it was computed.
insert into past.changes
with made as (
    select evidence_id as id, false as latter, columns(* exclude (_file, _sheet, _row))::varchar
    from former.clean.evidence
    where _file is null
    union all by name
    select evidence_id as id, true as latter, columns(* exclude (_file, _sheet, _row))::varchar
    from latter.clean.evidence
    where _file is null
),
cells as (
    select * from (select id, latter, {columns} from made) unpivot include nulls (cell for column_name in ({columns}))
),
altered as (
    select id, column_name
    from cells
    group by id, column_name
    having max(cell) filter (latter) is distinct from max(cell) filter (not latter)
)
select
    'evidence',
    made.id,
    made.id,
    case when not bool_or(latter) then 'withdrawn' when bool_and(latter) then 'added' else 'changed' end as change,
    case
        when bool_or(latter) and not bool_and(latter)
            then (select list(column_name) from altered where altered.id = made.id)
        else []
    end,
    null,
    case when bool_and(latter) then null else true end,
    case when bool_or(latter) then true end,
    [],
    null,
    null,
    null
from made
where id in (select id from altered)
group by made.id;
