select distinct unnest(json_keys(line)) as name from reading_json where kind = 'OBJECT' order by name
