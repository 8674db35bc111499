-- adverse: the units that speak against a criterion and can stand in the reading (method, sections 4 and 5).
-- unit_id is a key and no order.
create or replace table step.adverse as
select units.*, row_number() over () as unit_id
from step.units as units
join readings on readings.reading_id = units.reading_id
join rule.readings as rules on rules.reading = readings.reading
where units.stance = 'contradicts'
    and units.grade >= cast(rules.adverse_from as integer)
    and (units.own or units.grade >= cast(rules.outside_adverse_from as integer));
