-- How much of a change is change of records, and how much change of definition.
select
    indicator_id, grp, version_from, version_to, period_from, period_to, total, by_records, by_definition
from result.splits
order by indicator_id, grp, version_from, version_to;
