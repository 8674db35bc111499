create or replace table {target} as
select evidence_id, criterion_id, source_id, locator, origin_id, stance, basis, tense,
    coalesce(lower(method_stated) = 'true', false) as method_stated,
    first_day(event_from) as event_from, final_day(coalesce(event_to, event_from)) as event_to,
    event_from as event_from_text, event_to as event_to_text,
    final_day(recorded_on) as recorded_on, recorded_on as recorded_on_text,
    reliability, credibility, final_day(expires_on) as expires_on,
    replaces, finding, coding_note, fact_id, quoted_source_id, _file, _sheet, _row
from raw.evidence as r
where r.rowid not in (select rid from fault where table_name = 'evidence')
  and r.rowid in (select rid from unsettled)
