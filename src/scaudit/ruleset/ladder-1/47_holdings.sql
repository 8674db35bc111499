-- holdings: which records a viewpoint has (method, section 5): those whose origin is a body of one of its kinds, and
-- those that were read in, or quoted from, one of its documents.
create or replace table step.holdings as
select viewpoints.viewpoint_id, testimony.evidence_id
from clean.viewpoints as viewpoints
join step.testimony as testimony
    on list_contains(viewpoints.body_kinds, testimony.origin_kind)
    or list_contains(viewpoints.source_ids, testimony.source_id)
    or list_contains(viewpoints.source_ids, testimony.quoted_source_id);
