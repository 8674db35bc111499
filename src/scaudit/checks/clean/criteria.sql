create or replace table clean.criteria as
select criterion_id, item_id, kind, ask, coalesce(lower(required) = 'true', false) as required,
    first_day(window_from) as window_from, final_day(window_to) as window_to, accountable_id,
    try_cast(shelf_life_months as integer) as shelf_life_months, try_cast(sustain_months as integer) as sustain_months,
    source_id, locator, _file, _sheet, _row
from raw.criteria as r
where r.rowid not in (select rid from fault where table_name = 'criteria')
