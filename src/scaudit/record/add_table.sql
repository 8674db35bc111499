-- Parameters: table, layout, files, rows, synthetic.
insert into records_tables values ($1, $2, $3, $4, $5)
