-- Parameter: the programme of the project. The programme of every item.
select items.item_id, coalesce(items.programme, $1) as programme from clean.recommendations as items order by items.item_id;
