-- Every source by its id, with its publisher's name.
select sources.source_id, sources.title, bodies.name as publisher, sources.published_on_text, sources.url, sources.seen
from clean.sources as sources
join clean.bodies as bodies on bodies.body_id = sources.publisher_id
order by sources.source_id;
