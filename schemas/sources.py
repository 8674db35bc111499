"""The table sources: the documents."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import (
    at_most,
    identifiers,
    not_blank,
    one_of,
    partial_dates,
    sha256_digests,
    visible,
    web_addresses,
)


class Sources(pa.DataFrameModel):
    """One document, with its publisher, date and address."""

    source_id: str = pa.Field(nullable=False, description="Short name of the document")
    title: str = pa.Field(nullable=False, description="Its title")
    publisher_id: str = pa.Field(nullable=False, description="The body that published it")
    published_on: str = pa.Field(nullable=True, description="When it was published: a day, month or year")
    url: str = pa.Field(nullable=True, description="Where it can be found")
    copy: str = pa.Field(nullable=True, description="Where a copy is held, as a path or archive address")
    sha256: str = pa.Field(nullable=True, description="SHA-256 digest of that copy")
    seen: str = pa.Field(nullable=True, description="How much of it was read: whole or excerpt")
    note: str = pa.Field(nullable=True, description="Anything a reader should know about it")

    ids = identifiers("source_id", "publisher_id")
    short = at_most(500, "title")
    long = at_most(2000, "url", "copy", "note")
    dates = partial_dates("published_on")
    addresses = web_addresses("url")
    digests = sha256_digests("sha256")
    parts = one_of("seen", "whole", "excerpt")
    visible_text = visible("title", "url", "copy", "note")
    filled = not_blank("title")
