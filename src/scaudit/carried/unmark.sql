-- From here on it is the database of this run.
drop table if exists made.copied;
drop table if exists made.taken;
drop table if exists made.others;
drop table if exists made.touched;
