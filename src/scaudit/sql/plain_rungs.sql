-- The rung of every criterion in the two readings of the audit, with the records on which it hangs, ready for pages on
-- very many items; the rules that fired are printed on cards only.
with flagged as (
    select reading_id, criterion_id, list_sort(list(distinct flag)) as flags
    from result.flags
    where reading_id in ('verified', 'claimed')
    group by reading_id, criterion_id
),
against as (
    select reading_id, criterion_id, list_sort(list(distinct evidence_id)) as standing
    from result.uncured
    where reading_id in ('verified', 'claimed')
    group by reading_id, criterion_id
)
select
    rungs.criterion_id, rungs.reading_id as reading, rungs.rung,
    coalesce(flagged.flags, cast([] as varchar[])) as flags,
    coalesce(rungs.stale, false) as stale,
    list_filter([rungs.evidence_id, rungs.partner_id, rungs.first_id], lambda one: one is not null) as binding,
    case
        when against.standing is not null then against.standing
        when rungs.evidence_id is null and rungs.against_id is not null then [rungs.against_id]
        else cast([] as varchar[]) end as standing,
    cast([] as varchar[]) as rules
from result.rungs as rungs
left join flagged on flagged.reading_id = rungs.reading_id and flagged.criterion_id = rungs.criterion_id
left join against on against.reading_id = rungs.reading_id and against.criterion_id = rungs.criterion_id
where rungs.reading_id in ('verified', 'claimed')
order by rungs.criterion_id, reading;
