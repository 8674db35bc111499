-- units: what can bear or weigh: single records and pairs, in one shape.
create or replace view step.units as
select singles.*, cast(null as varchar) as partner_id
from step.singles as singles
union all
select
    singles.* replace (false as own, pairs.stance as stance, pairs.grade as grade),
    pairs.partner_id
from step.pairs as pairs
join step.singles as singles
    on singles.reading_id = pairs.reading_id and singles.evidence_id = pairs.evidence_id;
