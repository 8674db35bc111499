-- events: as weighed.
create or replace table result.events as select * from weighed;
