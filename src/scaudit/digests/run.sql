-- Parameters: names and digests. What all items share.
create or replace table made.run as
select unnest($1) as part, unnest($2) as digest;
