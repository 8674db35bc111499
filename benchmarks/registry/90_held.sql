-- How many rows of each table must be held back: the bad ones, and those that fall with what they rest on.
create or replace table held_sources as select 'S' || n as id from bad_sources;
create or replace table held_items as
select item_id as id from recommendations
where item_id in (select 'SYN-' || n from bad_items) or source_id in (select id from held_sources);
create or replace table held_asks as
select criterion_id as id from criteria
where item_id in (select id from held_items) or source_id in (select id from held_sources)
    or criterion_id in (select criterion_id from asks join bad_asks using (c));

create or replace table held_records as
with fallen as (
    select n, evidence_id
    from records
    where evidence_id not like 'FLOOD-%'
        and (criterion_id in (select id from held_asks) or source_id in (select id from held_sources)
            or quoted_source_id in (select id from held_sources))
)
select n from bad_records where rule <> 'repeat'
union
select n from fallen
union
select n from records where replaces in (select evidence_id from fallen);

create or replace table held as
select 'bodies' as table_name, 1 as n
union all
select 'sources', count(*) from held_sources
union all
select 'recommendations', count(*) from held_items
union all
select 'criteria', count(*) from held_asks
union all
select 'responsibilities', count(*) from responsibilities where criterion_id in (select id from held_asks)
union all
select 'dispositions', count(*) from dispositions
where item_id in (select id from held_items) or source_id in (select id from held_sources) or disposition = 'done'
union all
select 'replies', count(*) from replies
where item_id in (select id from held_items) or source_id in (select id from held_sources)
union all
select 'evidence',
    count(*) + if($flood > 0, 500 + $flood, 0) + $unreadable
        + (select count(*) from bad_records where rule in ('E201', 'repeat'))
from held_records;
