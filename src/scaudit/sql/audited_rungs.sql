-- The rung of every criterion in the two readings of the audit, with its flags, and the records that stand against it.
create temp view if not exists audited_rungs as
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
    rungs.* exclude (reading_id), rungs.reading_id as reading,
    coalesce(flagged.flags, cast([] as varchar[])) as flags,
    coalesce(against.standing, cast([] as varchar[])) as standing
from result.rungs as rungs
left join flagged on flagged.reading_id = rungs.reading_id and flagged.criterion_id = rungs.criterion_id
left join against on against.reading_id = rungs.reading_id and against.criterion_id = rungs.criterion_id
where rungs.reading_id in ('verified', 'claimed');
