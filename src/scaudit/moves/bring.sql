-- Brings what the second side of a comparison gave in its trial beside what the first gave.
insert into {home}.readings select * from readings;
insert into {home}.result.rungs by name select * from result.rungs;
insert into {home}.result.flags by name select * from result.flags;
insert into {home}.result.claims by name select * from result.claims;
insert into {home}.result.items by name select * from result.items;
