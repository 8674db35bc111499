"""The table dispositions: what a body said about the standing of an item."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, one_of, partial_dates, visible


class Dispositions(pa.DataFrameModel):
    """One statement of a body about the standing of an item, in its own words."""

    item_id: str = pa.Field(nullable=False, description="The item")
    body_id: str = pa.Field(nullable=False, description="The body that says so")
    stated_on: str = pa.Field(nullable=False, description="When it said so")
    disposition: str = pa.Field(nullable=False, description="What it comes to")
    words: str = pa.Field(nullable=True, description="The body's own words")
    basis_stated: str = pa.Field(nullable=True, description="The reason that the body gives")
    source_id: str = pa.Field(nullable=True, description="The document in which it says so")
    locator: str = pa.Field(nullable=True, description="The place in that document")

    ids = identifiers("item_id", "body_id", "source_id")
    dates = partial_dates("stated_on")
    dispositions = one_of(
        "disposition",
        "open",
        "partial",
        "closed_implemented",
        "closed_not_implemented",
        "declined",
        "superseded",
        "no_longer_applicable",
        "overtaken",
    )
    short = at_most(300, "locator")
    long = at_most(4000, "words", "basis_stated")
    seen = visible("words", "basis_stated", "locator")
