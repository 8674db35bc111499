insert into fault
select 'definitions', rowid, 'valid_to', valid_to, 'E306', 'the version ends before it begins'
from raw.definitions
where final_day(valid_to) < first_day(valid_from)
