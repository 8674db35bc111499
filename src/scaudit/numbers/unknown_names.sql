-- What computed evidence names and the project does not have.
select computed.locator as indicator_id, 'criterion' as what, computed.criterion_id as name
from computed
anti join clean.criteria as criteria on criteria.criterion_id = computed.criterion_id
union
select computed.locator, 'body', computed.origin_id
from computed
anti join clean.bodies as bodies on bodies.body_id = computed.origin_id
union
select computed.locator, 'source', computed.source_id
from computed
anti join clean.sources as sources on sources.source_id = computed.source_id
order by indicator_id, what, name
limit 1;
