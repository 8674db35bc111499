-- Parameters: tables of which nothing is told, how many. The first faults of rows that were held back.
select table_name, file, sheet, "row", "key", "column", "value", rule, reason
from quarantine
where not list_contains($1, table_name)
order by table_name, file, sheet, "row", "column", rule
limit $2;
