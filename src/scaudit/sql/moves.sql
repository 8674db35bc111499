-- What would raise or lower every criterion, by side: 'raise' or 'lower'.
select side, criterion_id, grade, moved_to as "to", candidate from result.moves order by criterion_id, side;
