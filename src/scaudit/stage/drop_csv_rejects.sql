drop table if exists reading_faults;
drop table if exists reading_scans
