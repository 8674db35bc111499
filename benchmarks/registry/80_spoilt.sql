-- The records as they are written into files: the bad ones spoilt, those that stand twice at the end.
create or replace view spoilt as
select n, case when bad.name = 'id with a blank' then 'E ' || n else evidence_id end as evidence_id,
    case when bad.name = 'unknown criterion' then 'SYN-NONE.a' else criterion_id end as criterion_id,
    case when bad.name = 'no source' then '' when bad.name = 'unknown source' then 'S-NONE' else source_id end as source_id,
    case when bad.name = 'long locator' then repeat('page 7 ', 50) else locator end as locator,
    case when bad.name = 'unknown origin' then 'NOBODY' else origin_id end as origin_id,
    case when bad.name in ('unknown stance', 'two faults') then 'maybe' else stance end as stance, basis,
    case when bad.name = 'public too early' then 'act' else tense end as tense,
    case when bad.name in ('no truth value', 'two faults') then 'yes' else method_stated end as method_stated,
    case when bad.name = 'no such day' then '2013-02-30' else event_from end as event_from,
    case when bad.name = 'ends before it begins' then '2001' else event_to end as event_to,
    case when bad.name = 'public too early' then '2001-05' else recorded_on end as recorded_on,
    reliability, case when bad.name = 'unknown credibility' then '9' else credibility end as credibility, expires_on,
    case when bad.name = 'replaces a stranger' then
            if(criterion_id = (select criterion_id from records as r where r.n = 6), 'E106', 'E6')
        when bad.name = 'replaces nothing' then 'E-NONE' else replaces end as replaces,
    case bad.name when 'empty finding' then '' when 'blank finding' then '   '
        when 'hidden sign' then finding || chr(8203) || '.' when 'long finding' then repeat('SYNTHETIC and long. ', 220)
        else finding end as finding,
    coding_note, fact_id, quoted_source_id
from records
left join bad_records as bad using (n);

create or replace view twice as
select s.* replace (case when bad.rule = 'E201' then 'SYNTHETIC and otherwise' else finding end as finding)
from spoilt as s
join bad_records as bad using (n)
where bad.rule in ('E201', 'repeat');
