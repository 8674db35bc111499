-- A whole number is written without decimals, and what is no number is empty.
update {target} set {column} = if({column} = 'nan', null, left({column}, length({column}) - 2))
where _row is null and ({column} = 'nan' or {column} like '%.0')
