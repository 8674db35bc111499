-- Adds the evidence that indicators give: data, seen to be so, by a stated method.
insert into clean.evidence by name
select
    *,
    'data' as basis,
    'observation' as tense,
    true as method_stated,
    strftime(event_from, '%Y-%m-%d') as event_from_text,
    strftime(event_to, '%Y-%m-%d') as event_to_text,
    'computed by the indicator' as coding_note
from computed;
