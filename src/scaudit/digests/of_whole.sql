-- The digest of all that the run was made from and asked for.
select digest from made.whole;
