-- Says which record a changed row of evidence replaces. A row that is added and replaces one that was there corrects it.
with replacing as (
    select evidence_id, max(replaces) as replaces, latter
    from (
        select evidence_id, replaces, false as latter from former.raw.evidence
        union all
        select evidence_id, replaces, true from latter.raw.evidence
    )
    where replaces is not null
    group by evidence_id, latter
)
update past.changes as changes
set replaces = replacing.replaces,
    change = case
        when changes.change = 'added'
            and replacing.replaces in (select evidence_id from former.raw.evidence where evidence_id is not null)
            then 'corrected'
        else changes.change
    end
from replacing
where changes.table_name = 'evidence'
    and changes."key" = replacing.evidence_id
    and replacing.latter = (changes.loaded_to is not null);
