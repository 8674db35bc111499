-- The records that the register of contradictions names, on whatever card they are.
with named as (
    select distinct unnest(coalesce(records_a, []) || coalesce(records_b, []) || coalesce(records_c, [])) as evidence_id
    from clean.contradictions
)
select everywhere.evidence_id, everywhere.item_id, everywhere.source_id, everywhere.disposition
from everywhere
join named on named.evidence_id = everywhere.evidence_id
order by everywhere.evidence_id;
