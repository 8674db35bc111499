-- Whoever says something must be named by a record or a source; a record or source that is named says something.
insert into fault
with side as (
    select rowid as rid, 'a' as letter, says_a as says, coalesce(records_a, sources_a) as named
    from raw.contradictions
    union all
    select rowid, 'b', says_b, coalesce(records_b, sources_b) from raw.contradictions
    union all
    select rowid, 'c', says_c, coalesce(records_c, sources_c) from raw.contradictions
)
select 'contradictions', rid, 'says_' || letter, coalesce(says, named), 'E305',
    case when named is null then 'the side says something, but no record or source is named for it'
        else 'a record or source is named for the side, but nothing that it says' end
from side
where (says is null) <> (named is null)
  and (rid, 'says_' || letter) not in (select rid, column_name from fault where table_name = 'contradictions')
