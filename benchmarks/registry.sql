-- A synthetic registry: every value follows from the seed and the number of the row. Nothing in it is real.
-- Parameters: $items, $records, $seed. Like real registries it is skewed: few criteria have very many records.
create or replace macro dice(number, what) as cast(hash(number, what, $seed) % 1000000 as integer);

create or replace table bodies as
select 'AGENCY-' || n as body_id, 'SYNTHETIC agency ' || n as name, 'agency' as kind,
    case when n % 10 = 0 then '' else 'AGENCY-' || (n - n % 10) end as parent_id, 'false' as independent_by_statute
from range(200) as numbers (n)
union all
select kinds.kind || '-' || n, 'SYNTHETIC ' || kinds.kind || ' ' || n, kinds.kind, '',
    case when kinds.kind in ('auditor', 'court') then 'true' else 'false' end
from range(20) as numbers (n)
cross join (
    values ('auditor'), ('oversight_body'), ('court'), ('legislature'), ('researcher'), ('advocate'),
        ('local_government'), ('press')
) as kinds (kind);

create or replace table sources as
select 'S' || n as source_id, 'SYNTHETIC source ' || n as title,
    case when dice(n, 1) % 3 = 0 then 'AGENCY-' || dice(n, 2) % 200
        else ['auditor', 'court', 'researcher', 'advocate', 'press', 'oversight_body'][1 + dice(n, 3) % 6] || '-' || dice(n, 4) % 20
    end as publisher_id,
    cast(date '2012-01-01' + interval (dice(n, 5) % 4000) day as date) as published_on,
    '' as url, '' as copy, '' as sha256, 'excerpt' as seen, 'SYNTHETIC' as note
from range(cast($items as integer)) as numbers (n);

create or replace table recommendations as
select 'SYN-' || n as item_id, case when dice(n, 6) % 3 = 0 then 'concern' else 'recommendation' end as kind,
    'SYNTHETIC item ' || n as title, 'SYNTHETIC: what item ' || n || ' asks for.' as summary,
    case when dice(n, 6) % 3 = 0 then 'advocate-' else 'auditor-' end || dice(n, 7) % 20 as issuer_id,
    'AGENCY-' || dice(n, 8) % 200 as accountable_id,
    cast(date '2012-01-01' + interval (dice(n, 9) % 2000) day as date) as issued_on,
    'concur' as response, 'S' || dice(n, 10) % cast($items as integer) as source_id, 'page ' || dice(n, 11) % 90 as locator
from range(cast($items as integer)) as numbers (n);

create or replace table criteria as
select 'SYN-' || (n // 3) || '.' || ['a', 'b', 'c'][1 + n % 3] as criterion_id, 'SYN-' || (n // 3) as item_id,
    ['policy', 'practice', 'result'][1 + n % 3] as kind, 'SYNTHETIC ask ' || n as ask, 'true' as required,
    '' as window_from, '' as window_to, 'S' || dice(n, 12) % cast($items as integer) as source_id, 'section ' || n % 9 as locator
from range(cast($items as integer) * 3) as numbers (n);

create or replace table evidence as
with drawn as (
    select n,
        cast(floor(power(dice(n, 13) / 1e6, 1.6) * cast($items as integer) * 3) as integer) as c,
        date '2012-06-01' + cast(dice(n, 14) % 4000 as integer) as starts
    from range(cast($records as integer)) as numbers (n)
)
select 'E' || n as evidence_id, 'SYN-' || (c // 3) || '.' || ['a', 'b', 'c'][1 + c % 3] as criterion_id,
    'S' || dice(n, 15) % cast($items as integer) as source_id,
    case when dice(n, 16) % 100 = 0 then '' else 'page ' || dice(n, 17) % 300 end as locator,
    case when dice(n, 18) % 2 = 0 then 'AGENCY-' || dice(c // 3, 8) % 200
        else ['auditor', 'court', 'researcher', 'advocate', 'press', 'local_government'][1 + dice(n, 19) % 6] || '-' || dice(n, 20) % 20
    end as origin_id,
    ['supports', 'supports', 'partly', 'contradicts', 'context'][1 + dice(n, 21) % 5] as stance,
    ['statement', 'statement', 'document', 'data', 'inspection'][1 + dice(n, 22) % 5] as basis,
    ['promise', 'act', 'observation', 'observation'][1 + dice(n, 23) % 4] as tense,
    case when dice(n, 24) % 3 = 0 then 'true' else 'false' end as method_stated,
    cast(starts as varchar) as event_from,
    case when dice(n, 25) % 3 = 0 then cast(starts + cast(dice(n, 26) % 400 as integer) as varchar) else '' end as event_to,
    cast(starts + 500 as varchar) as recorded_on,
    'SYNTHETIC finding ' || n || ': ' || repeat('what a source says in some ten words or rather more. ', 1 + dice(n, 27) % 5) as finding,
    'SYNTHETIC' as coding_note
from drawn;

-- one row in a thousand is bad, in one of six ways
update evidence
set stance = case when dice(cast(substr(evidence_id, 2) as integer), 28) % 6 = 0 then 'maybe' else stance end,
    event_from = case when dice(cast(substr(evidence_id, 2) as integer), 28) % 6 = 1 then '2013-02-30' else event_from end,
    criterion_id = case when dice(cast(substr(evidence_id, 2) as integer), 28) % 6 = 2 then 'SYN-NONE.a' else criterion_id end,
    source_id = case when dice(cast(substr(evidence_id, 2) as integer), 28) % 6 = 3 then '' else source_id end,
    method_stated = case when dice(cast(substr(evidence_id, 2) as integer), 28) % 6 = 4 then 'yes' else method_stated end,
    finding = case when dice(cast(substr(evidence_id, 2) as integer), 28) % 6 = 5 then '' else finding end
where dice(cast(substr(evidence_id, 2) as integer), 29) % 1000 = 0;
