-- Flags the criteria that hang on one record (method, section 4).
insert into {home}.result.flags
select distinct 'verified', criterion_id, 'hangs_on_one' from {home}.result.left_out;
