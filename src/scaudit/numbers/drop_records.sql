-- The files of single cases stay where they lie: no results have a view of them.
drop schema if exists records cascade;
drop schema if exists written cascade;
drop schema if exists cube cascade;
