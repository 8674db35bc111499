create or replace table clean.replies as
select reply_id, item_id, body_id, final_day(replied_on) as replied_on, replied_on as replied_on_text, words, source_id,
    locator, _file, _sheet, _row
from raw.replies as r
where r.rowid not in (select rid from fault where table_name = 'replies')
