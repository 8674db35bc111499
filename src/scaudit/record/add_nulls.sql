insert into records_nulls values ($1, $2, $3, $4, $5)
