-- splits: as weighed.
create or replace table result.splits as select * from weighed;
