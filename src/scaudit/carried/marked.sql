-- Whether a database is a copy of what an earlier run published: it has this table then, which holds nothing.
select count(*) from made.copied;
