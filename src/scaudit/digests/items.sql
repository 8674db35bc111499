-- Of every item the digest of all that scoring reads for it, and of all that its card shows: that, what only the card
-- shows, and what scoring reads for items with which it shares an entry of the register of contradictions.
create or replace table made.items as
with summed as (
    select
        item_id,
        bit_xor(md5_number(part || hex(number) || many)) filter (where use = 'scoring') as grounds,
        bit_xor(md5_number(part || hex(number) || many)) filter (where use = 'showing') as shown
    from told
    group by item_id
),
digested as (
    select items.item_id, lower(hex(summed.grounds)) as rows_digest, hex(summed.shown) as shown
    from clean.recommendations as items
    join summed on summed.item_id = items.item_id
),
pairs as (
    select distinct one.item_id, other.item_id as other_id
    from bearing as one
    join bearing as other on other.contradiction_id = one.contradiction_id
),
beside as (
    select pairs.item_id, hex(bit_xor(md5_number(pairs.other_id || digested.rows_digest))) as shown
    from pairs
    join digested on digested.item_id = pairs.other_id
    group by pairs.item_id
)
select
    digested.item_id,
    digested.rows_digest,
    md5(digested.rows_digest || '|' || coalesce(digested.shown, '') || '|' || coalesce(beside.shown, ''))
        as results_digest
from digested
left join beside on beside.item_id = digested.item_id;
