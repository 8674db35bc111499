select distinct unnest(json_keys(line)) as name from reading_json where coalesce(fault, 'E006') in ('E006', 'E007') order by name
