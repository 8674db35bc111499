"""The table unused_facts: facts that became no evidence, and why."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, not_blank, visible


class UnusedFacts(pa.DataFrameModel):
    """One fact that was looked at and became no evidence record."""

    fact_id: str = pa.Field(nullable=False, description="The fact in the list of facts")
    reason: str = pa.Field(nullable=False, description="Why it is not used")

    ids = identifiers("fact_id")
    lengths = at_most(1000, "reason")
    seen = visible("reason")
    filled = not_blank("reason")
