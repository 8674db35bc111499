-- The least record that would move every criterion, by side: 'raise' or 'lower' (method, section 8).
with tried as (
    select
        candidates.side,
        rungs.criterion_id,
        rungs.rung as moved_to,
        cast(candidates.position as integer) as position,
        candidates.candidate,
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
        row_number() over (partition by tried.side, tried.criterion_id order by tried.grade, tried.position) as choice
    from tried
    join result.rungs as standing
        on standing.reading_id = 'verified' and standing.criterion_id = tried.criterion_id
    where (tried.side = 'raise' and tried.moved_to > standing.rung)
        or (tried.side = 'lower' and tried.moved_to < standing.rung)
)
select side, criterion_id, grade, moved_to as "to", candidate
from moved
where choice = 1
order by criterion_id, side;
