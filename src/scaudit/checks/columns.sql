-- All columns of a table, those beyond the contract too, but not the place of the row.
select * exclude (_file, _sheet, _row) from {raw} limit 0
