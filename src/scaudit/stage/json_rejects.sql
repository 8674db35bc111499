select rowid + 1 as row, line
from reading_json
where kind is distinct from 'OBJECT' and trim(line) <> ''
order by row
