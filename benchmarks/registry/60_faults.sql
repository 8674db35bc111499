-- The bad rows of evidence, by turns of every kind, each with the rule that finds it.
create or replace table kinds as
select row_number() over () - 1 as kind, *
from (values
    ('unknown stance', 'E104'), ('id with a blank', 'E102'), ('no such day', 'E106'), ('unknown criterion', 'E202'),
    ('no source', 'E101'), ('no truth value', 'E107'), ('empty finding', 'E101'), ('blank finding', 'E101'),
    ('hidden sign', 'E105'), ('long locator', 'E103'), ('unknown origin', 'E202'), ('unknown credibility', 'E104'),
    ('ends before it begins', 'E303'), ('public too early', 'E304'), ('replaces a stranger', 'E205'),
    ('replaces nothing', 'E202'), ('same key, other content', 'E201'), ('the same row twice', 'repeat'),
    ('unknown source', 'E202'), ('two faults', 'E104'), ('long finding', 'E103')
) as listed (name, rule);

-- Rows that replace one, or are replaced, are spared: what falls with a bad row could not be told beforehand.
create or replace table bad_records as
select n, name, rule
from (
    select n, (row_number() over (order by n) - 1) % (select count(*) from kinds) as kind
    from range(200, $records) as numbers (n)
    where dice(n, 29) % $one_in = 0 and n % 100 not in (6, 7) and n % 50 not in (16, 17)
) as chosen
join kinds using (kind);
