-- Whether the project has published statistics.
select count(*) > 0 from clean.statistics;
