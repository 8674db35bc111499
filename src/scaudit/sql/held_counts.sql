-- Parameter: tables of which nothing is told. How many rows of every other table are held for which reason; a row with
-- several faults counts for each.
select table_name, rule, min(reason) as reason, count(distinct (file, coalesce(sheet, ''), "row")) as held
from quarantine
where not list_contains($1, table_name)
group by table_name, rule
order by held desc, table_name, rule;
