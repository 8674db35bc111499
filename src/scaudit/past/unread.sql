-- Where a key has several parts, a row that cannot be read shows the first of them at best, and speaks for the rows
-- with that part that are missing, if they are no more than the unread: those are held, and not gone.
create or replace temp table spoken as
with missing as (
    select table_name, first_part, change, count(*) as many
    from past.changes
    where unread is null and change in ('added', 'withdrawn')
    group by all
)
select missing.table_name, missing.first_part, missing.change, unread.change as unread_change, unread.reasons
from past.changes as unread
join missing
    on missing.table_name = unread.table_name
    and missing.first_part = unread.first_part
    and missing.many <= unread.unread
where (unread.change = 'added' and missing.change = 'withdrawn')
    or (unread.change = 'withdrawn' and missing.change = 'added');
update past.changes as changes
set change = case
        when spoken.change = 'withdrawn' and changes.loaded_from then 'held'
        when spoken.change = 'added' and changes.loaded_to then 'released'
        else 'changed'
    end,
    loaded_from = coalesce(changes.loaded_from, false),
    loaded_to = coalesce(changes.loaded_to, false),
    reasons = spoken.reasons
from spoken
where changes.unread is null
    and changes.table_name = spoken.table_name
    and changes.first_part = spoken.first_part
    and changes.change = spoken.change;
delete from past.changes as changes
using spoken
where changes.unread is not null
    and changes.table_name = spoken.table_name
    and changes.first_part = spoken.first_part
    and changes.change = spoken.unread_change;
