-- Whether any row names a parent that is not there.
select exists (select 1 from lost);
