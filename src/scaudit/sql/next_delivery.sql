-- The number of what is written next.
select coalesce(max("number"), 0) + 1 from deliveries;
