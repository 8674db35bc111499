create or replace macro how_many_sources() as greatest(200, $items);
create or replace macro a_source(number, what) as
    'S' || cast(floor(power(dice(number, what) / 1e6, 1.4) * how_many_sources()) as integer);

create or replace table bad_sources as
select n, case when row_number() over (order by dice(n, 101), n) % 2 = 0 then 'E106' else 'E109' end as rule
from range(50, how_many_sources()) as numbers (n)
qualify row_number() over (order by dice(n, 101), n) <= 1 + how_many_sources() // 5000;

create or replace table sources as
select 'S' || n as source_id, 'SYNTHETIC source ' || n || ': ' || left(told(n, 102, 1 + n % 3), 180) as title,
    case when dice(n, 1) % 3 = 0 then an_agency(n, 2) else an_outsider(n, 3) end as publisher_id,
    case when bad.rule = 'E106' then '30 February 2014'
        else known(cast(date '2012-01-01' + cast(dice(n, 5) % 4000 as integer) as date), n, 6) end as published_on,
    case when bad.rule = 'E109' then 'see the library' when n % 2 = 0 then 'https://synthetic.example/' || n else '' end
        as url,
    '' as copy, '' as sha256, case when n % 3 = 0 then 'whole' else 'excerpt' end as seen, 'SYNTHETIC' as note
from range(how_many_sources()) as numbers (n)
left join bad_sources as bad using (n)
order by n;
