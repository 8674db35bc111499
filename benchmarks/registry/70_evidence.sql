-- Zipf's law, bent at its head: the ask of rank k has records in proportion to 1 / (k + bend), so that the first has
-- about 400 (an eighth, where there are few) and most have few. Asks whose story is that nobody wrote of them have
-- none; the last one, where it is flooded, has more than can be weighed.
create or replace table drawn_asks as
select row_number() over (order by dice(c, 150), c) - 1 as rank, *,
    case when drawn < 24 then 'promised' when drawn < 50 then 'own word' when drawn < 70 then 'verified'
        when drawn < 86 then 'contested' else 'refuted' end as story
from asks
where drawn < 92 and c < (select count(*) from asks) - if($flood > 0, 1, 0);

create or replace table skew as
with bends as (
    select count(*) as n_asks, unnest(list_transform(range(-100, 900), lambda i: exp(i / 40))) as bend from drawn_asks
)
select n_asks, bend
from bends
order by abs(least(400, greatest($records / 8, 1)) * bend * ln((n_asks + bend) / bend) - $records), bend
limit 1;

create or replace macro stance_of(story, number, what) as case story
    when 'promised' then pick(['supports', 'supports', 'supports', 'supports', 'supports', 'context'], number, what)
    when 'own word' then pick(['supports', 'supports', 'supports', 'supports', 'partly', 'context'], number, what)
    when 'verified' then pick(['supports', 'supports', 'supports', 'supports', 'supports', 'partly', 'context'], number, what)
    when 'contested' then pick(['supports', 'supports', 'supports', 'contradicts', 'contradicts', 'partly', 'context'], number, what)
    else pick(['contradicts', 'contradicts', 'contradicts', 'partly', 'context', 'supports'], number, what) end;
create or replace macro basis_of(story, number, what) as case story
    when 'promised' then 'statement'
    when 'verified' then pick(['inspection', 'data', 'document', 'data'], number, what)
    else pick(['statement', 'statement', 'document', 'data', 'inspection'], number, what) end;

create or replace view records as
with numbered as (
    select n, case when n % 100 = 7 or n % 50 = 17 then n - 1 else n end as of
    from range($records) as numbers (n)
),
placed as (
    select n, of, least(n_asks - 1, cast(floor(
        bend * power((n_asks + bend) / bend, dice(of, 13) / 1e6 + dice(of, 14) / 1e12) - bend) as bigint)) as rank
    from numbered, skew
),
told_of as (
    select p.n, p.of, a.*, case
            when p.n % 50 = 17 then if(stance_of(a.story, p.of, 21) = 'supports', 'contradicts', 'supports')
            else stance_of(a.story, p.n, 21) end as stance,
        basis_of(a.story, p.n, 22) as basis,
        a.issued + cast(30 + dice(p.of, 15) % (date '2023-06-01' - a.issued - 30) as integer) as starts
    from placed as p join drawn_asks as a using (rank)
)
select n, 'E' || n as evidence_id, criterion_id, a_source(n, 16) as source_id,
    case when dice(n, 17) % 100 = 0 then '' else 'page ' || dice(n, 17) % 300 end as locator,
    case when n % 50 = 17 then an_outsider(n, 18)
        when dice(n, 19) % 100 < case story when 'promised' then 80 when 'own word' then 70 when 'verified' then 30 else 35 end
            and stance <> 'contradicts' then accountable
        else an_outsider(n, 18) end as origin_id,
    stance, basis,
    case when basis <> 'statement' then pick(['act', 'observation', 'observation'], n, 23)
        when story = 'promised' and stance <> 'contradicts' then 'promise'
        else pick(['promise', 'act', 'observation'], n, 23) end as tense,
    case when story = 'verified' and dice(n, 24) % 4 > 0 or dice(n, 24) % 5 = 0 then 'true' else 'false' end as method_stated,
    starts, known(starts, of, 30) as event_from,
    case when dice(n, 25) % 3 = 0 then strftime(starts + cast(366 + dice(n, 26) % 300 as integer), '%Y-%m-%d') else '' end
        as event_to,
    strftime(starts + cast(700 + dice(n, 27) % 200 as integer), '%Y-%m-%d') as recorded_on,
    case when dice(n, 31) % 10 = 0 then pick(['A', 'B', 'B', 'C', 'D', 'E'], n, 32) else '' end as reliability,
    case when dice(n, 31) % 10 = 0 then pick(['1', '2', '2', '3', '4', '5'], n, 33) else '' end as credibility,
    case when dice(n, 34) % 50 = 0 then strftime(starts + 3000, '%Y-%m-%d') else '' end as expires_on,
    case when n % 100 = 7 then 'E' || (n - 1) else '' end as replaces,
    'SYNTHETIC finding ' || n || ': ' || told(n, 35, parts(n, 36)) as finding,
    case when dice(n, 37) % 3 = 0 then told(n, 38, 1) || ' SYNTHETIC' else 'SYNTHETIC' end as coding_note,
    '' as fact_id, case when dice(n, 39) % 30 = 0 then a_source(n, 40) else '' end as quoted_source_id
from told_of
union all
select $records + n, 'FLOOD-' || n, criterion_id, 'S1', 'page 1', accountable, 'supports', 'statement', 'promise', 'false',
    issued + 100, strftime(issued + 100, '%Y-%m-%d'), '', strftime(issued + 100, '%Y-%m-%d'), '', '', '', '',
    'SYNTHETIC finding of a flood ' || n, 'SYNTHETIC', '', ''
from range(if($flood > 0, 500 + $flood, 0)) as numbers (n)
join asks on c = (select count(*) - 1 from asks);
