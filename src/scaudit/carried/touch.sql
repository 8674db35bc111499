-- Parameter: criteria. A record of them is gone, or another one now.
insert into made.touched select unnest($1::varchar[]);
