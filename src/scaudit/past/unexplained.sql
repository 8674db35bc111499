-- How many moves no swap explains.
select count(*)
from (
    select 'criterion' as what, criterion_id as id, reading from step.moved
    union all
    select 'item', item_id, reading from past.moved_items
) as moved
anti join past.explained as explained
    on explained.what = moved.what and explained.id = moved.id and explained.reading = moved.reading;
