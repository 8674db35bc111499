-- Whether a table has any row to check.
select exists (select 1 from {raw});
