-- Parameter: the items that are scored as incomplete.
insert into told select unnest($1), 'scoring', 'incomplete', 0, 1;
