-- Every fault of every row that was held back.
select table_name, file, sheet, "row", "key", "column", "value", rule, reason
from quarantine
order by table_name, file, sheet, "row", "column", rule;
