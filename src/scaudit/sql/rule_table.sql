-- A table of the ruleset, as it was scored with.
select * from {table};
