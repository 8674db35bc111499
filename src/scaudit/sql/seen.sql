-- Every criterion as each viewpoint sees it; no row where a viewpoint has nothing to say.
select viewpoint_id, criterion_id, records, rung, stale, standing, list_sort(binding) as binding, against_id as against
from result.seen
order by criterion_id, viewpoint_id;
