-- The digests of every item.
select item_id, rows_digest, results_digest from made.items order by item_id;
