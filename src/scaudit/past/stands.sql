-- Where every criterion that moved stands on both sides and in both readings, as each side asks it.
with sides as (
    select * from (values ('from/verified'), ('from/claimed'), ('to/verified'), ('to/claimed')) as sides(reading_id)
),
flagged as (
    select reading_id, criterion_id, list_sort(list(distinct flag)) as flags
    from result.flags
    group by reading_id, criterion_id
)
select
    asks.item_id, asks.criterion_id, asks.kind, coalesce(latter.ask, former.ask) as ask, asks.required,
    sides.reading_id, coalesce(asks.window_to <= readings.as_of, false) as closed,
    rungs.rung, coalesce(rungs.stale, false) as stale, claims.standing,
    coalesce(flagged.flags, cast([] as varchar[])) as flags,
    list_sort(list_filter(
        [rungs.evidence_id, rungs.partner_id, rungs.first_id], lambda evidence_id: evidence_id is not null
    )) as binding
from (select distinct criterion_id from result.movements) as moved
cross join sides
join readings on readings.reading_id = sides.reading_id
join result.asks as asks on asks.reading_id = sides.reading_id and asks.criterion_id = moved.criterion_id
left join latter.clean.criteria as latter on latter.criterion_id = moved.criterion_id
left join former.clean.criteria as former on former.criterion_id = moved.criterion_id
left join result.rungs as rungs
    on rungs.reading_id = sides.reading_id and rungs.criterion_id = asks.criterion_id
left join result.claims as claims
    on claims.reading_id = sides.reading_id and claims.criterion_id = asks.criterion_id
left join flagged
    on flagged.reading_id = sides.reading_id and flagged.criterion_id = asks.criterion_id
order by asks.item_id, asks.criterion_id, sides.reading_id;
