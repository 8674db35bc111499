-- The items of which a criterion is in quarantine (method, section 4, flag incomplete).
select distinct criteria.item_id
from raw.criteria as criteria
join quarantine
    on quarantine.table_name = 'criteria'
    and quarantine.file = criteria._file
    and quarantine.sheet is not distinct from criteria._sheet
    and quarantine.row = criteria._row
where quarantine.rule <> 'repeat' and criteria.item_id is not null;
