-- Parameters: file, sheet, first and last place. The rows of a part between two places that are as an earlier run read
-- them, there and in what is incoming.
create or replace temp table staying as
select known.rowid as rid, incoming.rowid as incoming_rid
from {table} as known
join incoming on incoming._row = known._row and row({incoming}) is not distinct from row({known})
where known._file = $1 and known._sheet is not distinct from $2 and known._row between $3 and $4;
