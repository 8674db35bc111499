-- How many records of every criterion were counted, held back and so on.
select criterion_id, disposition, count(*) as records
from result.records
group by criterion_id, disposition
order by criterion_id, disposition;
