"""The table replies: what a body replied to a scorecard, in its own words."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, not_blank, partial_dates, visible


class Replies(pa.DataFrameModel):
    """One reply of a body on an item, verbatim. It is printed beside the audit's own words and moves no status."""

    reply_id: str = pa.Field(nullable=False, description="Short name of the reply")
    item_id: str = pa.Field(nullable=False, description="The item it is about")
    body_id: str = pa.Field(nullable=False, description="The body that replies")
    replied_on: str = pa.Field(nullable=False, description="When it replied")
    words: str = pa.Field(nullable=False, description="The body's own words, whole and unchanged")
    source_id: str = pa.Field(nullable=False, description="The letter or document in which the words stand")
    locator: str = pa.Field(nullable=True, description="The place in that document")

    ids = identifiers("reply_id", "item_id", "body_id", "source_id")
    dates = partial_dates("replied_on")
    short = at_most(300, "locator")
    long = at_most(50000, "words")
    seen = visible("words", "locator")
    filled = not_blank("words")
