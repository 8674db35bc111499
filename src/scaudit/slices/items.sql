-- Parameter: items. What the slice is for.
create schema chosen;
create table chosen.item_id as select unnest($1) as item_id;
