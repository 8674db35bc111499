-- The criteria of whose records nothing is known.
create or replace temp table unsummed as
select distinct criterion_id from clean.evidence where criterion_id not in (select criterion_id from made.sums);
