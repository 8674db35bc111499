-- What the cells of rows were, and what they are now.
select table_name as "table", "key" as id, column_name as "column", was, "now"
from past.cells
order by all;
