-- moves: the least record that would raise or lower every criterion (method, section 8), found in the readings that
-- each have one record more. The least is the one of lowest grade.
create or replace table result.moves as
with tried as (
    select
        candidates.side,
        candidates.candidate,
        cast(candidates.position as integer) as position,
        rungs.criterion_id,
        rungs.rung as moved_to,
        profile.grade
    from result.rungs as rungs
    join readings on readings.reading_id = rungs.reading_id
    join rule.candidates as candidates on candidates.candidate = readings.variant
    join step.graded as profile
        on profile.reading_id = rungs.reading_id and profile.criterion_id = rungs.criterion_id
),
moved as (
    select
        tried.*,
        row_number() over (
            partition by tried.side, tried.criterion_id order by tried.grade, tried.position
        ) as choice
    from tried
    join result.rungs as standing
        on standing.reading_id = 'verified' and standing.criterion_id = tried.criterion_id
    where (tried.side = 'raise' and tried.moved_to > standing.rung)
        or (tried.side = 'lower' and tried.moved_to < standing.rung)
)
select side, criterion_id, grade, moved_to, candidate
from moved
where choice = 1;
