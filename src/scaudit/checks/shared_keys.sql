-- Keys that several rows have, as hashes.
create or replace temp table shared_keys as
select hash({key}) as key_hash from {raw} where {first_key} is not null group by all having count(*) > 1
