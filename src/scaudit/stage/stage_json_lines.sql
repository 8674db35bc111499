-- Parameter: path. Blank lines are kept, so rowid + 1 is the line; kind is NULL where a line is not JSON.
create or replace temp table reading_json as
select line, case when json_valid(line) then json_type(line) end as kind
from read_csv(
    $1, auto_detect = false, header = false, delim = '', quote = '', escape = '', columns = {'line': 'VARCHAR'},
    max_line_size = 16000000, store_rejects = true, rejects_table = 'reading_faults', rejects_scan = 'reading_scans')
