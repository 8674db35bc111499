create or replace table bad_items as
select n, pick(['E101', 'E106', 'E202', 'E301'], row_number() over (order by dice(n, 103), n), 104) as rule
from range($items) as numbers (n)
qualify row_number() over (order by dice(n, 103), n) <= 1 + $items // 1000;

create or replace table things as
select n, dice(n, 6) % 4 = 0 as concern, an_agency(n, 8) as accountable,
    cast(date '2012-01-01' + cast(dice(n, 9) % 2200 as integer) as date) as issued
from range($items) as numbers (n);

create or replace table recommendations as
select 'SYN-' || n as item_id, case when concern then 'concern' else 'recommendation' end as kind,
    case when bad.rule = 'E101' then '' else 'SYNTHETIC item ' || n || ': ' || left(told(n, 105, 1), 80) end as title,
    'SYNTHETIC: ' || told(n, 106, 1 + dice(n, 107) % 5) as summary,
    case when concern then 'advocate-' || dice(n, 7) % 20
        when dice(n, 7) % 2 = 0 then 'INSPECTOR-' || dice(n, 7) % 15 else 'auditor-' || dice(n, 7) % 20 end as issuer_id,
    case when bad.rule = 'E202' then 'NOBODY' else accountable end as accountable_id,
    case when bad.rule = 'E106' then '2012-13-01' else strftime(issued, '%Y-%m-%d') end as issued_on,
    case when concern then '' else pick(['concur', 'concur', 'concur', 'partial', 'non-concur', 'none'], n, 108) end as response,
    case when bad.rule = 'E301' then '2000-01-01'
        when concern then '' else strftime(issued + cast(dice(n, 109) % 90 as integer), '%Y-%m-%d') end as response_on,
    case when dice(n, 110) % 3 = 0 then strftime(issued + cast(200 + dice(n, 111) % 900 as integer), '%Y-%m-%d') else '' end
        as target_on,
    pick(['', '', 'high', 'medium'], n, 112) as priority,
    case when n > 10 and dice(n, 113) % 50 = 0 then 'SYN-' || (n - 10) else '' end as follows_id,
    a_source(n, 10) as source_id, 'page ' || dice(n, 11) % 90 as locator,
    case when dice(n, 114) % 3 = 0 then 'SYNTHETIC programme '
        || cast(floor(power(dice(n, 115) / 1e6, 2) * 12) as integer) else '' end as programme
from things
left join bad_items as bad using (n)
order by n;
