insert into fault
select 'criteria', rowid, 'window_to', window_to, 'E302', 'the window ends before it opens'
from raw.criteria
where final_day(window_to) < first_day(window_from)
