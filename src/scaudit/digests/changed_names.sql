-- The documents and bodies that are others now than when they were last kept, or are new, or gone.
create table if not exists made.names (kind varchar, id varchar, number uhugeint);
create or replace temp table changed_names as
select coalesce(names.kind, known.kind) as kind, coalesce(names.id, known.id) as id
from names
full join made.names as known on known.kind = names.kind and known.id = names.id
where names.number is distinct from known.number;
