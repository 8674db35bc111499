-- The items of which a single choice of the ruleset changes the status.
select scenario, item_id, status, status_then from result.status_shifts order by item_id, scenario;
