-- taken_back: adverse records whose own origin said later, by more than a promise, that it is so
-- (method, section 4, cure b): such a record counts in no pair.
create or replace table step.taken_back as
select distinct adverse.reading_id, adverse.evidence_id
from step.singles as adverse
join step.singles as support
    on support.reading_id = adverse.reading_id
    and support.criterion_id = adverse.criterion_id
    and support.origin_id = adverse.origin_id
    and support.event_from > adverse.event_to
join rule.cures as cures
    on cures.same_origin = 'true'
    and support.grade >= cast(cures.least_grade as integer)
    and list_contains(string_split(cures.tense, '|'), support.tense)
where adverse.stance = 'contradicts' and support.stance <> 'contradicts';
