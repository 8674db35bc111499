-- curing: which kinds of cure every supporting unit can work, as far as that hangs on itself alone (method,
-- section 4): by being as good as what speaks against it, by its origin taking back its word, or as the text itself.
create or replace table step.curing as
with seen as (
    select distinct kind, grade, basis, tense, partner_id is null as single
    from step.units
    where stance <> 'contradicts'
)
select
    seen.*,
    coalesce(bool_or(cures.as_good = 'true' and cures.same_origin = 'false'), false) as by_grade,
    coalesce(bool_or(cures.as_good = 'false' and cures.same_origin = 'true' and seen.single), false) as by_origin,
    coalesce(bool_or(cures.as_good = 'true' and cures.same_origin = 'true' and seen.single), false) as by_both,
    coalesce(bool_or(cures.as_good = 'false' and cures.same_origin = 'false' and seen.single), false) as by_text
from seen
left join rule.cures as cures
    on list_contains(string_split(cures.kind, '|'), seen.kind)
    and seen.grade >= cast(cures.least_grade as integer)
    and (cures.basis = '*' or list_contains(string_split(cures.basis, '|'), seen.basis))
    and (cures.tense = '*' or list_contains(string_split(cures.tense, '|'), seen.tense))
group by seen.kind, seen.grade, seen.basis, seen.tense, seen.single;
