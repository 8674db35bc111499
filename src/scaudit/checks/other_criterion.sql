-- A record takes the place of an earlier one about the same criterion; it cannot silence one about another.
insert into fault
select 'evidence', e.rowid, 'replaces', e.replaces, 'E205',
    'it replaces ' || e.replaces || ', a record of another criterion'
from raw.evidence as e
where e.replaces in (select evidence_id from raw.evidence where criterion_id is not null)
  and e.criterion_id is not null
  and not exists (
    select 1 from raw.evidence as r where r.evidence_id = e.replaces and r.criterion_id = e.criterion_id)
