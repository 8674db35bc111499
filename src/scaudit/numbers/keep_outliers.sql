-- outliers: as weighed.
create or replace table result.outliers as select * from weighed;
