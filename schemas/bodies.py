"""The table bodies: who acts, issues, publishes and knows."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, booleans, identifiers, not_blank, one_of, visible


class Bodies(pa.DataFrameModel):
    """One body: an agency, auditor, court, researcher, advocate, newspaper or the like."""

    body_id: str = pa.Field(nullable=False, description="Short name of the body, used by all other tables")
    name: str = pa.Field(nullable=False, description="Full name, as printed")
    kind: str = pa.Field(nullable=False, description="What sort of body it is")
    parent_id: str = pa.Field(nullable=True, description="The body that directs it; empty for none")
    independent_by_statute: str = pa.Field(
        nullable=True, description="true where a law makes it independent of its parent; empty means false"
    )

    ids = identifiers("body_id", "parent_id")
    lengths = at_most(300, "name")
    kinds = one_of(
        "kind",
        "agency",
        "auditor",
        "oversight_body",
        "court",
        "legislature",
        "researcher",
        "advocate",
        "local_government",
        "press",
    )
    yes_or_no = booleans("independent_by_statute")
    seen = visible("name")
    filled = not_blank("name")
