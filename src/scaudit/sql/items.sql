-- Every item, and whether it had been asked on the as-of day.
select
    items.item_id, items.kind, items.title, items.summary, items.issuer_id, items.accountable_id, items.issued_on,
    items.response, items.response_on, items.target_on, items.source_id, items.locator,
    items.issued_on > readings.as_of as not_yet_asked
from clean.recommendations as items
join readings on readings.reading_id = 'verified'
order by items.item_id;
