-- profiles: every combination of marks that occurs, with the first grade rule that applies to it
-- (method, section 3). Few combinations occur, so the rules are tried once for each and not for every record.
create or replace table step.profiles as
with seen as (
    select distinct own, issuer_own, kind, stance, basis, tense, method_stated, origin_kind, second_hand
    from step.testimony
),
matched as (
    select
        seen.*,
        cast(rules.grade as integer) as grade,
        rules.name as grade_name,
        row_number() over (
            partition by
                seen.own, seen.issuer_own, seen.kind, seen.stance, seen.basis, seen.tense,
                seen.method_stated, seen.origin_kind, seen.second_hand
            order by cast(rules.position as integer)
        ) as choice
    from seen
    join rule.grades as rules
        on (rules.own = '*' or rules.own = cast(seen.own as varchar))
        and (rules.issuer_own = '*' or rules.issuer_own = cast(seen.issuer_own as varchar))
        and (rules.kind = '*' or list_contains(string_split(rules.kind, '|'), seen.kind))
        and (rules.stance = '*' or list_contains(string_split(rules.stance, '|'), seen.stance))
        and (rules.basis = '*' or list_contains(string_split(rules.basis, '|'), seen.basis))
        and (rules.tense = '*' or list_contains(string_split(rules.tense, '|'), seen.tense))
        and (rules.method_stated = '*' or rules.method_stated = cast(seen.method_stated as varchar))
        and (rules.origin_kind = '*' or list_contains(string_split(rules.origin_kind, '|'), seen.origin_kind))
        and (rules.second_hand = '*' or rules.second_hand = cast(seen.second_hand as varchar))
)
select * exclude (choice)
from matched
where choice = 1;
