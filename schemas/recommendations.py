"""The table recommendations: what was asked."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, not_blank, one_line, one_of, partial_dates, visible


class Recommendations(pa.DataFrameModel):
    """One item: a recommendation of an oversight body, or a concern that advocates raised."""

    item_id: str = pa.Field(nullable=False, description="Name of the item, such as REPORT-1/R1")
    kind: str = pa.Field(nullable=False, description="recommendation or concern")
    title: str = pa.Field(nullable=False, description="A few words, printed as the heading")
    issuer_id: str = pa.Field(nullable=False, description="The body that asked")
    accountable_id: str = pa.Field(nullable=False, description="The body that was asked")
    issued_on: str = pa.Field(nullable=False, description="When it was asked")
    summary: str = pa.Field(nullable=True, description="What was asked, in one or two sentences of our own")
    response: str = pa.Field(nullable=True, description="How the accountable body answered at the time")
    response_on: str = pa.Field(nullable=True, description="When it answered")
    target_on: str = pa.Field(nullable=True, description="The day by which it should be done")
    priority: str = pa.Field(nullable=True, description="The priority that the issuer gave it, in its own word")
    follows_id: str = pa.Field(nullable=True, description="The earlier item that this one repeats or follows")
    source_id: str = pa.Field(nullable=True, description="The document in which it is asked")
    locator: str = pa.Field(nullable=True, description="The place in that document")
    programme: str = pa.Field(nullable=True, description="The programme it is about; empty for that of the project")

    ids = identifiers("item_id", "issuer_id", "accountable_id", "follows_id", "source_id")
    short = at_most(300, "title", "priority", "locator")
    name = at_most(100, "programme")
    long = at_most(4000, "summary")
    kinds = one_of("kind", "recommendation", "concern")
    responses = one_of("response", "concur", "partial", "non-concur", "none")
    dates = partial_dates("issued_on", "response_on", "target_on")
    seen = visible("title", "summary", "priority", "locator", "programme")
    lines = one_line("programme")
    filled = not_blank("title")
