-- The records that explain moves, each with its finding in its own words, from the latter run if it is there on that
-- criterion, with what became of its row, and of the record on both sides.
with records as (
    select *, true as latter from latter.clean.evidence
    union all by name
    select *, false as latter from former.clean.evidence
),
told as (
    select movers.*, records.* exclude (criterion_id, evidence_id)
    from result.movers as movers
    join records on records.evidence_id = movers.evidence_id and records.criterion_id = movers.criterion_id
    qualify row_number() over (
        partition by movers.criterion_id, movers.reading, movers.evidence_id order by records.latter desc
    ) = 1
)
select
    told.criterion_id, told.reading, told.together, told.evidence_id, changes.change, told.makes, told.undoes,
    coalesce(fates_to.grade, fates_from.grade) as grade,
    fates_from.disposition as disposition_from, fates_to.disposition as disposition_to,
    told.stance, told.basis, told.tense, told.finding, told.source_id,
    coalesce(latter_sources.title, former_sources.title) as source,
    coalesce(latter_bodies.name, former_bodies.name) as publisher,
    told.locator, told.event_from, told.event_from_text, told.event_to_text
from told
join past.changes as changes on changes.table_name = 'evidence' and changes."key" = told.evidence_id
left join past.fates as fates_from
    on fates_from.side = 'from' and fates_from.evidence_id = told.evidence_id
    and fates_from.criterion_id = told.criterion_id
left join past.fates as fates_to
    on fates_to.side = 'to' and fates_to.evidence_id = told.evidence_id and fates_to.criterion_id = told.criterion_id
left join latter.clean.sources as latter_sources on latter_sources.source_id = told.source_id
left join former.clean.sources as former_sources on former_sources.source_id = told.source_id
left join latter.clean.bodies as latter_bodies on latter_bodies.body_id = latter_sources.publisher_id
left join former.clean.bodies as former_bodies on former_bodies.body_id = former_sources.publisher_id
order by told.criterion_id, told.reading, told.event_to, told.evidence_id;
