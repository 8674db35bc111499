-- movers: the records that moved a criterion in a reading: each that undoes the move alone; where none does, those that
-- undo it together, as few as can be said. Every one of them, or all where they act together, was left out and tried.
create or replace table {home}.result.movers as
with manners as (
    select distinct criterion_id, turn, manner, reading from step.tests
),
undoing as (
    select
        undone.criterion_id,
        undone.reading,
        undone.turn,
        manners.manner,
        rank() over (
            partition by undone.criterion_id, undone.reading
            order by case manners.manner when 'alone' then 1 when 'together' then 2 else 3 end
        ) as choice
    from step.undone as undone
    join manners
        on manners.criterion_id = undone.criterion_id
        and manners.turn = undone.turn
        and coalesce(manners.reading, undone.reading) = undone.reading
    where undone.undone
)
select undoing.criterion_id, undoing.reading, undoing.manner <> 'alone' as together, tests.lead_id as evidence_id
from undoing
join step.tests as tests
    on tests.criterion_id = undoing.criterion_id and tests.turn = undoing.turn and undoing.choice = 1;
