-- What is known of a month or a year is compared in favour of the record: its last day against the first.
insert into fault
select 'evidence', rowid, 'event_to', event_to, 'E303', 'the event ends before it begins'
from raw.evidence
where final_day(event_to) < first_day(event_from)
union all
select 'evidence', e.rowid, 'recorded_on', coalesce(e.recorded_on, s.published_on_text), 'E304',
    'public before the event began, though it is no promise'
from raw.evidence as e
left join clean.sources as s on s.source_id = e.source_id
where coalesce(final_day(e.recorded_on), s.published_on) < first_day(e.event_from)
  and e.tense is distinct from 'promise'
