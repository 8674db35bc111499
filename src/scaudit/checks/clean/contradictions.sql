create or replace table clean.contradictions as
select contradiction_id, question,
    says_a, listed(records_a) as records_a, listed(sources_a) as sources_a,
    says_b, listed(records_b) as records_b, listed(sources_b) as sources_b,
    says_c, listed(records_c) as records_c, listed(sources_c) as sources_c,
    explained_by, explanation, listed(item_ids) as item_ids, _file, _sheet, _row
from raw.contradictions as r
where r.rowid not in (select rid from fault where table_name = 'contradictions')
