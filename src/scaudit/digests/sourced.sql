-- The documents that rows of an item name.
create or replace temp table sourced as
select criteria.item_id, unnest([recorded.source_id, recorded.quoted_source_id]) as source_id
from recorded
join clean.criteria as criteria on criteria.criterion_id = recorded.criterion_id
union
select item_id, source_id from clean.criteria
union
select item_id, source_id from clean.recommendations
union
select item_id, source_id from clean.dispositions
union
select item_id, source_id from clean.replies
union
select bearing.item_id, unnest(coalesce(sources_a, []) || coalesce(sources_b, []) || coalesce(sources_c, []))
from bearing
join clean.contradictions as contradictions on contradictions.contradiction_id = bearing.contradiction_id;
