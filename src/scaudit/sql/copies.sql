-- The sources of which a copy is kept.
select source_id, copy, sha256 from clean.sources where copy is not null order by source_id;
