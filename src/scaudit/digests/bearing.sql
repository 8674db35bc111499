-- The entries of the register of contradictions that bear on an item: by one of its records, or because they name it.
create or replace temp table bearing as
with borne as (
    select contradiction_id, unnest(coalesce(records_a, []) || coalesce(records_b, []) || coalesce(records_c, []))
        as evidence_id
    from clean.contradictions
)
select distinct criteria.item_id, borne.contradiction_id
from borne
join clean.evidence as evidence on evidence.evidence_id = borne.evidence_id
join clean.criteria as criteria on criteria.criterion_id = evidence.criterion_id
union
select unnest(item_ids), contradiction_id from clean.contradictions;
