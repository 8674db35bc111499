-- The versions of all definitions.
select distinct term, version, valid_from, valid_to, rule, source_id
from clean.definitions
order by term, version, valid_from, rule;
