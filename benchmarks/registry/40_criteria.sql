-- Some items ask one thing, few ask eight. `asks` says besides what is the story of each: what sort of records it has.
create or replace table asks as
select row_number() over (order by t.n, k) - 1 as c, t.n as item, k,
    'SYN-' || t.n || '.' || letter(k) as criterion_id, t.accountable, t.issued,
    case when t.concern and k = 0 then 'claim' else pick(['policy', 'practice', 'practice', 'result'], t.n * 16 + k, 12) end
        as kind,
    dice(t.n * 16 + k, 115) % 100 as drawn
from things as t, unnest(range(pick([1, 1, 2, 2, 3, 3, 3, 4, 5, 8], t.n, 114))) as asked (k);

create or replace table bad_asks as
select c, pick(['E104', 'E107', 'E302'], row_number() over (order by dice(c, 116), c), 117) as rule
from asks
qualify row_number() over (order by dice(c, 116), c) <= 1 + $items // 500;

create or replace table criteria as
select criterion_id, 'SYN-' || item as item_id,
    case when bad.rule = 'E104' then 'promise' else kind end as kind,
    'SYNTHETIC ask ' || c || ': ' || told(c, 118, 1 + c % 2) as ask,
    case when bad.rule = 'E107' then 'perhaps' when kind = 'claim' then 'false'
        when k = 0 or dice(c, 119) % 4 > 0 then 'true' else 'false' end as required,
    case when bad.rule = 'E302' then '2015-01-01' else '' end as window_from,
    case when bad.rule = 'E302' then '2014-01-01'
        when dice(c, 120) % 10 = 0 then strftime(issued + 2500, '%Y-%m-%d') else '' end as window_to,
    case when dice(c, 121) % 12 = 0 then an_agency(c, 122) else '' end as accountable_id,
    case when dice(c, 123) % 20 = 0 then '24' else '' end as shelf_life_months, '' as sustain_months,
    a_source(c, 124) as source_id, 'section ' || c % 9 as locator
from asks
left join bad_asks as bad using (c)
order by c;

create or replace table responsibilities as
select criterion_id, an_agency(c, 125) as body_id from asks where dice(c, 126) % 15 = 0 order by c;
