-- The criteria that a single choice of the ruleset moves.
select scenario, criterion_id, rung, rung_then, stale, stale_then from result.shifts order by criterion_id, scenario;
