-- One line a fault, first those of rows that could not be read as rows. Signs that a reader cannot see are shown
-- as U+FFFD and long values are cut, since these lines are printed.
create or replace table quarantine as
select table_name, file, sheet, "row", shown("key") as "key", null::varchar as "column", shown(value) as value,
    rule, reason
from raw.reject
