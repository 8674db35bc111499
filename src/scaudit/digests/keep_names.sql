-- Documents and bodies as they are now, for the next run to see which are others then.
create or replace table made.names as select kind, id, number from names;
