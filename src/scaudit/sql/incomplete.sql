-- The items that were scored as incomplete.
select item_id from incomplete order by item_id;
