-- Rows of every table: those read, and those in quarantine.
with held as (
    select table_name, count(distinct (file, sheet, "row")) as many from quarantine group by table_name
)
select files.table_name, cast(sum(files."rows") as bigint), coalesce(max(held.many), 0)
from made.files as files
left join held on held.table_name = files.table_name
group by files.table_name
order by files.table_name;
