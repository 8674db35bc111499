-- A moment at midnight is a day.
update {target} set {column} = left({column}, 10)
where _row is null and regexp_full_match({column}, '\d{4}-\d{2}-\d{2} 00:00:00(\+00)?')
