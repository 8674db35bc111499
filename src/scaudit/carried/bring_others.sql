-- The rows that are others now, or new.
insert into {table}
select * from incoming where rowid not in (select incoming_rid from staying);
