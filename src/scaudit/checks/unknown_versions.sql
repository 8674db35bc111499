-- A version is one of a term. It stands only if all its rows do: a half of a rule is another rule.
insert into fault
with named as (
    select rowid as rid, term, version
    from raw.series
    where version is not null
      and rowid not in (select rid from fault where table_name = 'series' and column_name in ('term', 'version'))
),
held as (
    select term, version, min_by(place(_file, _sheet, _row), rowid) as place
    from raw.definitions
    where rowid in (select rid from fault where table_name = 'definitions' and rule <> 'repeat')
    group by all
),
judged as (
    select named.*, held.place,
        exists (select 1 from clean.definitions as d where d.term = named.term and d.version = named.version) as known
    from named
    left join held on held.term = named.term and held.version = named.version
)
select 'series', rid, 'version', version,
    case when term is null then 'E101' when place is null then 'E202' else 'E203' end,
    case when term is null then 'a version without the term of which it is one'
        when place is null then 'the table definitions has no version ' || version || ' of ' || term
        else 'version ' || version || ' of ' || term || ' of the table definitions is in quarantine itself ('
            || place || ')' end
from judged
where term is null or place is not null or not known
