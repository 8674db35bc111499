insert into fault
select 'recommendations', rowid, 'response_on', response_on, 'E301', 'the answer lies before the day of issue'
from raw.recommendations
where final_day(response_on) < first_day(issued_on)
