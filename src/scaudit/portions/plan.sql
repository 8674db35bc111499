-- Parameters: the items to be scored, and how many records make a portion. Whole items, in their order.
create or replace temp table portion_plan as
with wanted as (
    select unnest($1) as item_id
),
counted as (
    select wanted.item_id, count(evidence.evidence_id) + 1 as records
    from wanted
    left join clean.criteria as criteria on criteria.item_id = wanted.item_id
    left join clean.evidence as evidence on evidence.criterion_id = criteria.criterion_id
    group by wanted.item_id
)
select item_id, cast((sum(records) over (order by item_id) - records) // $2 as integer) as portion
from counted;
