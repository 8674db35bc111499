-- The digests of what all items share.
select part, digest from made.run order by part;
