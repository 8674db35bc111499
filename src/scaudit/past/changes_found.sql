-- Every row that is not the same in both runs.
select table_name as "table", "key" as id, change, columns, replaces, loaded_from, loaded_to, reasons, file, "row"
from past.changes;
