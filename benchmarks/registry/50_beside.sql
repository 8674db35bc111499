-- What is said of items beside their records: dispositions and replies; days and viewpoints for which the audit is read.
create or replace table bad_dispositions as
select n from range($items) as numbers (n)
where dice(n, 130) % 10 < 6
qualify row_number() over (order by dice(n, 131), n) <= 1 + $items // 1000;

create or replace table dispositions as
select 'SYN-' || n as item_id,
    case when nth % 2 = 0 then accountable else (select issuer_id from recommendations where item_id = 'SYN-' || n) end
        as body_id,
    strftime(issued + cast(100 * (nth + 1) + dice(n, 132) % 99 as integer), '%Y-%m-%d') as stated_on,
    case when nth = 0 and n in (select n from bad_dispositions) then 'done'
        else pick(['open', 'open', 'open', 'partial', 'partial', 'closed_implemented', 'closed_implemented', 'declined',
            'superseded', 'overtaken', 'no_longer_applicable', 'closed_not_implemented'], n * 8 + nth, 133) end as disposition,
    'SYNTHETIC: ' || told(n * 8 + nth, 134, 1) as words,
    case when dice(n, 135) % 3 = 0 then told(n * 8 + nth, 136, 2) else '' end as basis_stated,
    a_source(n * 8 + nth, 137) as source_id, 'page ' || nth as locator
from things, unnest(range(pick([1, 1, 1, 2, 3, 6], n, 138))) as said (nth)
where dice(n, 130) % 10 < 6
order by n, nth;

create or replace table replies as
select 'REPLY-' || n as reply_id, 'SYN-' || n as item_id, accountable as body_id,
    strftime(date '2023-03-01' + cast(dice(n, 140) % 200 as integer), '%Y-%m-%d') as replied_on,
    'SYNTHETIC: ' || told(n, 141, 2 + dice(n, 142) % 6) as words, a_source(n, 143) as source_id, '' as locator
from things
where dice(n, 144) % 20 = 0
order by n;

create or replace table reading_days as
select * from (values
    ('midway', '2018-06-30', 'SYNTHETIC day in the middle', ''), ('late', '2022-06-30', 'SYNTHETIC late day', '')
) as days (day_id, "day", label, source_id);

create or replace table viewpoints as
select * from (values
    ('agencies', 'Agencies', 'agency', ''), ('auditors', 'Auditors', 'auditor oversight_body', ''),
    ('outside', 'Advocates, press, researchers', 'advocate press researcher', '')
) as views (viewpoint_id, label, body_kinds, source_ids);
