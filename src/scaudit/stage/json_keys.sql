-- The names in all lines that are objects.
select distinct unnest(json_keys(line)) as name
from reading_json
where fault is null or fault in ('E006', 'E007')
order by name
