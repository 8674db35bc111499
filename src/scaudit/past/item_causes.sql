-- Every move of an item by reading, with its cause and all that explains it.
select id as item_id, reading, cause, causes, makes, undoes from past.caused where what = 'item' order by id, reading;
