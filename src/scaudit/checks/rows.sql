-- The rows that were read now, without their places.
select r.rowid as rid, r.* exclude (_file, _sheet, _row) from {raw} as r where r.rowid in (select rid from read_now)
