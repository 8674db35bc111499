-- One CSV file, all text, columns by position. Its records count from 2, below the header; nobody pays for the
-- numbers who does not ask for them.
select {columns}, {file} as _file, null::varchar as _sheet, row_number() over () + 1 as _row
from read_csv(
    {path}, auto_detect = false, header = true, delim = {delim}, quote = '"', escape = '"', columns = {names}
)
