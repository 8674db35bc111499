-- What bodies replied on an item, as far as it could be known: from the day of the reply, or that of the document in
-- which it stands if that is later.
select
    replies.reply_id, replies.item_id, replies.body_id, replies.replied_on, replies.replied_on_text, replies.words,
    replies.source_id, replies.locator
from clean.replies as replies
join clean.sources as sources on sources.source_id = replies.source_id
join readings
    on readings.reading_id = 'verified'
    and greatest(replies.replied_on, sources.published_on) <= readings.known_on
order by replies.item_id, replies.replied_on, replies.reply_id;
