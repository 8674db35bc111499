insert into fault
select 'statistics', rowid, 'period_to', period_to, 'E306', 'the period ends before it begins'
from raw.statistics
where final_day(period_to) < first_day(period_from)
