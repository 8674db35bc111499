-- undone: which tests undo which move, so that both sides stand alike without the records left out; and which leave
-- the move just as it was.
create or replace table step.undone as
select
    moved.criterion_id,
    moved.reading,
    turns.turn,
    former.rung = latter.rung and former.stale = latter.stale as undone,
    former.rung = moved.rung_from and latter.rung = moved.rung_to
        and former.stale = moved.stale_from and latter.stale = moved.stale_to as untouched
from step.moved as moved
join (select distinct criterion_id, turn from step.tests) as turns on turns.criterion_id = moved.criterion_id
join result.rungs as former
    on former.reading_id = 'from/' || moved.reading || '/' || turns.turn and former.criterion_id = moved.criterion_id
join result.rungs as latter
    on latter.reading_id = 'to/' || moved.reading || '/' || turns.turn and latter.criterion_id = moved.criterion_id
union all
select
    moved.criterion_id,
    moved.reading,
    turns.turn,
    former.standing = latter.standing as undone,
    former.standing = moved.standing_from and latter.standing = moved.standing_to as untouched
from step.moved as moved
join (select distinct criterion_id, turn from step.tests) as turns on turns.criterion_id = moved.criterion_id
join result.claims as former
    on former.reading_id = 'from/verified/' || turns.turn and former.criterion_id = moved.criterion_id
join result.claims as latter
    on latter.reading_id = 'to/verified/' || turns.turn and latter.criterion_id = moved.criterion_id;
