"""The table viewpoints: whose records a further reading takes."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, not_blank, some_of, visible


class Viewpoints(pa.DataFrameModel):
    """One viewpoint: the records that rest on some sorts of bodies, or that tell what some documents say."""

    viewpoint_id: str = pa.Field(nullable=False, description="Short name of the viewpoint")
    label: str = pa.Field(nullable=False, description="Its name, as printed")
    body_kinds: str = pa.Field(
        nullable=True,
        description="Kinds of bodies: records of such an origin belong to it; separated by spaces",
    )
    source_ids: str = pa.Field(
        nullable=True,
        description="Documents: records read or quoted from one of them belong to it; separated by spaces",
    )

    ids = identifiers("viewpoint_id")
    kinds = some_of(
        "body_kinds",
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
    short = at_most(300, "label")
    long = at_most(4000, "source_ids")
    seen = visible("label", "source_ids")
    filled = not_blank("label")
