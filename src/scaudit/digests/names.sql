-- Of every document and every body that records may name, a number: of a document with its publisher, of a body with
-- those above it.
create or replace temp table names as
with documents as (
    select source_id, publisher_id, md5_number(row(*columns(* exclude (_file, _sheet, _row)))::varchar) as number
    from clean.sources
)
select
    'source' as kind, documents.source_id as id,
    md5_number(hex(documents.number) || coalesce(hex(chain.number), '')) as number
from documents
left join chain on chain.body_id = documents.publisher_id
union all
select 'body', body_id, number from chain;
