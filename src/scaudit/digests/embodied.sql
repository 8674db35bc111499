-- The bodies that rows of an item name, beside its records.
create or replace temp table embodied as
select criteria.item_id, responsibilities.body_id
from clean.responsibilities as responsibilities
join clean.criteria as criteria on criteria.criterion_id = responsibilities.criterion_id
union
select item_id, accountable_id from clean.criteria
union
select item_id, unnest([issuer_id, accountable_id]) from clean.recommendations
union
select item_id, body_id from clean.dispositions
union
select item_id, body_id from clean.replies
union
select sourced.item_id, sources.publisher_id
from sourced
join clean.sources as sources on sources.source_id = sourced.source_id;
