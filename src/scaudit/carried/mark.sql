-- Says of a database that it is a copy of what an earlier run published.
create or replace table made.copied (yes boolean);
