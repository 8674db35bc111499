"""The table criteria: the checkable asks of each item."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import (
    at_most,
    booleans,
    identifiers,
    not_blank,
    one_of,
    partial_dates,
    visible,
    whole_numbers,
)


class Criteria(pa.DataFrameModel):
    """One checkable ask of an item, written before scoring; for a concern also one claim that it makes."""

    criterion_id: str = pa.Field(nullable=False, description="Name of the criterion, such as REPORT-1/R1.a")
    item_id: str = pa.Field(nullable=False, description="The item it belongs to")
    kind: str = pa.Field(
        nullable=False,
        description="policy: a text exists; practice: it is done; result: the effect shows; claim: it is so",
    )
    ask: str = pa.Field(nullable=False, description="What must be so, in one sentence that can be checked")
    required: str = pa.Field(
        nullable=True, description="true only where the document asks it in words; empty means false"
    )
    window_from: str = pa.Field(nullable=True, description="First day that counts; empty for the default of the method")
    window_to: str = pa.Field(
        nullable=True, description="Day on which it is judged at the latest; empty while the matter is open"
    )
    accountable_id: str = pa.Field(
        nullable=True, description="Who must do it, where that is not the item's accountable body"
    )
    shelf_life_months: str = pa.Field(
        nullable=True,
        description="Months after which a verification is stale; empty for the default of its kind",
    )
    sustain_months: str = pa.Field(
        nullable=True, description="Months between two verifications that show it sustained; empty for 12"
    )
    source_id: str = pa.Field(nullable=True, description="The document in which it is asked")
    locator: str = pa.Field(nullable=True, description="The place in that document")

    ids = identifiers("criterion_id", "item_id", "accountable_id", "source_id")
    short = at_most(300, "locator")
    long = at_most(1000, "ask")
    kinds = one_of("kind", "policy", "practice", "result", "claim")
    yes_or_no = booleans("required")
    dates = partial_dates("window_from", "window_to")
    months = whole_numbers(1, 1200, "shelf_life_months", "sustain_months")
    seen = visible("ask", "locator")
    filled = not_blank("ask")
