-- How many of all records were counted, held back and so on.
select disposition, count(*) as records from result.records group by disposition order by disposition;
