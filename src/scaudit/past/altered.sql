-- altered: the records that are not the same in both runs, of criteria that moved by the evidence. What no rule reads
-- is left out: words, and where a row stands.
create or replace table past.altered as
with concerned as (
    select distinct criterion_id from result.movements where list_contains(causes, 'evidence')
),
former_rows as (
    select * exclude (
        finding, coding_note, fact_id, event_from_text, event_to_text, recorded_on_text, _file, _sheet, _row
    )
    from former.clean.evidence
    where criterion_id in (select criterion_id from concerned)
),
latter_rows as (
    select * exclude (
        finding, coding_note, fact_id, event_from_text, event_to_text, recorded_on_text, _file, _sheet, _row
    )
    from latter.clean.evidence
    where criterion_id in (select criterion_id from concerned)
)
select criterion_id, evidence_id
from (select * from former_rows except select * from latter_rows)
union
select criterion_id, evidence_id
from (select * from latter_rows except select * from former_rows);
create or replace table past.worked (
    criterion_id varchar, reading varchar, base varchar, manner varchar, lead_id varchar, turn bigint, worked boolean
);
