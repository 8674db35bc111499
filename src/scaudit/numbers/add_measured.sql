-- Adds what the indicators declare, and what they lack.
insert into result.measured by name
select * from found;
