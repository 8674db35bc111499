-- The rung of every criterion in the two readings of the audit, with the records on which it hangs, ready for pages on
-- very many items; the rules that fired are printed on cards only.
select
    criterion_id, reading, rung, flags,
    coalesce(stale, false) as stale,
    list_filter([evidence_id, partner_id, first_id], lambda one: one is not null) as binding,
    case
        when len(standing) = 0 and evidence_id is null and against_id is not null then [against_id]
        else standing end as standing,
    cast([] as varchar[]) as rules
from audited_rungs
order by criterion_id, reading;
