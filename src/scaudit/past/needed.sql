-- tests: where no altered row explains a move alone, together those without which all the others do not, on a side on
-- which all do. Turns are those of base and reading.
create or replace table past.tests as
select
    worked.criterion_id,
    case worked.base when 'to' then 0 else 2 end + case worked.reading when 'verified' then 1 else 2 end as turn,
    'needed' as manner,
    worked.base,
    worked.reading,
    cast(null as varchar) as lead_id,
    worked.lead_id as evidence_id
from past.worked as worked
join past.explained as explained
    on explained.what = 'criterion'
    and explained.id = worked.criterion_id
    and explained.reading = worked.reading
    and explained.base = worked.base
    and explained.factors = ['evidence']
anti join (select * from past.worked where manner = 'alone' and worked) as alone
    on alone.criterion_id = worked.criterion_id and alone.reading = worked.reading
where worked.manner = 'without' and not worked.worked;
