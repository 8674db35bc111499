-- movements: the moves of criteria.
create or replace table result.movements as
select id as criterion_id, reading, cause, causes, makes, undoes from past.caused where what = 'criterion';
