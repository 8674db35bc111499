-- What the issuer or the accountable body had said of an item by the as-of day.
select
    said.item_id, said.body_id, said.stated_on, said.disposition, said.words, said.basis_stated, said.source_id,
    said.locator
from clean.dispositions as said
join readings on readings.reading_id = 'verified' and said.stated_on <= least(readings.as_of, readings.known_on)
order by said.item_id, said.stated_on, said.body_id, said.disposition;
