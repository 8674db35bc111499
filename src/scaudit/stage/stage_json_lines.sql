-- Parameters: path with the signs of a pattern escaped, pointers to the columns of the contract. Blank lines are kept,
-- so rowid + 1 is the line.
create or replace temp table reading_json as
select line, case
    when filled(line) is null then 'blank'
    when not json_valid(line) or json_type(line) <> 'OBJECT' then 'E003'
    when len(json_keys(line)) > len(list_distinct(json_keys(line))) then 'E006'
    when list_has_any(json_type(line, $2), ['OBJECT', 'ARRAY']) then 'E007' end as fault
from read_csv(
    $1, auto_detect = false, header = false, delim = '', quote = '', escape = '', columns = {'line': 'VARCHAR'},
    max_line_size = 16000000, store_rejects = true, rejects_table = 'reading_faults', rejects_scan = 'reading_scans')
