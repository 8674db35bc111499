-- The ids of all items in the order of pages.
select item_id from clean.recommendations order by kind <> 'recommendation', item_id;
