"""The table responsibilities: further accountable bodies of a criterion."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import identifiers


class Responsibilities(pa.DataFrameModel):
    """One further body that is accountable for a criterion."""

    criterion_id: str = pa.Field(nullable=False, description="The criterion")
    body_id: str = pa.Field(nullable=False, description="The further accountable body")

    ids = identifiers("criterion_id", "body_id")
