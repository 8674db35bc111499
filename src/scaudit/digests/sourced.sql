-- The documents that rows of an item name, beside its records.
create or replace temp table sourced as
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
