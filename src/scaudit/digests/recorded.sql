-- The documents and bodies that records of a criterion name.
create or replace temp table recorded as
select distinct criterion_id, source_id, quoted_source_id, origin_id from clean.evidence;
