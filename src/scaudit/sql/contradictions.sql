-- The register of contradictions, with the items that each bears on: those of its records, and those it names besides.
with named as (
    select contradiction_id, unnest(coalesce(records_a, []) || coalesce(records_b, []) || coalesce(records_c, []))
        as evidence_id
    from clean.contradictions
),
borne as (
    select named.contradiction_id, everywhere.item_id
    from named
    join everywhere on everywhere.evidence_id = named.evidence_id
    union
    select contradiction_id, unnest(item_ids) as item_id from clean.contradictions
),
items as (
    select contradiction_id, list_sort(list(item_id)) as items from borne group by contradiction_id
)
select
    register.contradiction_id, register.question, register.says_a, register.records_a, register.sources_a,
    register.says_b, register.records_b, register.sources_b, register.says_c, register.records_c, register.sources_c,
    register.explained_by, register.explanation, coalesce(items.items, cast([] as varchar[])) as items
from clean.contradictions as register
left join items on items.contradiction_id = register.contradiction_id
order by register._file, register._sheet, register._row;
