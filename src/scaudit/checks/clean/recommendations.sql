create or replace table clean.recommendations as
select item_id, kind, title, summary, issuer_id, accountable_id,
    final_day(issued_on) as issued_on, issued_on as issued_on_text, response, final_day(response_on) as response_on,
    final_day(target_on) as target_on, priority, follows_id, source_id, locator, programme, _file, _sheet, _row
from raw.recommendations as r
where r.rowid not in (select rid from fault where table_name = 'recommendations')
