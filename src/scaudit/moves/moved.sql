-- moved: the criteria that stand elsewhere on the second side than on the first, in one reading or both, with the side
-- on which each stands higher. A claim has a standing instead of a rung, the same in both readings.
create or replace table step.moved as
select
    former.criterion_id,
    sides.reading,
    former.rung as rung_from,
    latter.rung as rung_to,
    former.stale as stale_from,
    latter.stale as stale_to,
    cast(null as varchar) as standing_from,
    cast(null as varchar) as standing_to,
    case
        when former.rung > latter.rung or (former.rung = latter.rung and latter.stale) then 'from/' || sides.reading
        else 'to/' || sides.reading
    end as high,
    case
        when former.rung > latter.rung or (former.rung = latter.rung and latter.stale) then 'to/' || sides.reading
        else 'from/' || sides.reading
    end as low
from (select unnest(['verified', 'claimed']) as reading) as sides
join result.rungs as former on former.reading_id = 'from/' || sides.reading
join result.rungs as latter
    on latter.reading_id = 'to/' || sides.reading and latter.criterion_id = former.criterion_id
where former.rung <> latter.rung or former.stale <> latter.stale
union all
select
    former.criterion_id, 'verified', null, null, false, false, former.standing, latter.standing,
    'to/verified', 'from/verified'
from result.claims as former
join result.claims as latter
    on latter.reading_id = 'to/verified' and latter.criterion_id = former.criterion_id
where former.reading_id = 'from/verified' and former.standing <> latter.standing;
