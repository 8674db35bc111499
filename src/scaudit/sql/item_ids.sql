-- The ids of all items.
select item_id from clean.recommendations order by item_id;
