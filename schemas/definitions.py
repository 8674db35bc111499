"""The table definitions: what a term takes in, and from when to when."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, barred_lists, identifiers, not_blank, partial_dates, visible


class Definitions(pa.DataFrameModel):
    """One rule of one version of a term: which values of one field of a record it takes in."""

    term: str = pa.Field(nullable=False, description="The term that is defined")
    version: str = pa.Field(nullable=False, description="Short name of the version, one of its kind in its term")
    publisher_id: str = pa.Field(nullable=False, description="The body that uses the term so")
    valid_from: str = pa.Field(nullable=False, description="The first day on which the version holds")
    dimension: str = pa.Field(nullable=False, description="The field of a record that the rule looks at")
    members: str = pa.Field(
        nullable=False, description="The values of that field that the version takes in, with a bar | between them"
    )
    rule: str = pa.Field(nullable=False, description="The rule in words, and what of it is not known")
    source_id: str = pa.Field(nullable=False, description="The document in which it stands")
    valid_to: str = pa.Field(nullable=True, description="The last day on which it holds; empty where no end is known")
    locator: str = pa.Field(nullable=True, description="The place in that document")

    ids = identifiers("term", "version", "publisher_id", "dimension", "source_id")
    short = at_most(300, "locator")
    long = at_most(4000, "members", "rule")
    dates = partial_dates("valid_from", "valid_to")
    lists = barred_lists("members")
    seen = visible("members", "rule", "locator")
    filled = not_blank("members", "rule")
