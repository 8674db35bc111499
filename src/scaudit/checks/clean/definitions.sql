create or replace table clean.definitions as
select term, version, publisher_id, first_day(valid_from) as valid_from, final_day(valid_to) as valid_to,
    dimension, once(list_transform(string_split(members, '|'), lambda member: trim(member))) as members,
    rule, source_id, locator, _file, _sheet, _row
from raw.definitions as r
where r.rowid not in (select rid from fault where table_name = 'definitions')
