"""The table reading_days: days for which the audit is read."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, not_blank, partial_dates, visible


class ReadingDays(pa.DataFrameModel):
    """One day for which the audit can be read, with the reason why it matters."""

    day_id: str = pa.Field(nullable=False, description="Short name of the day")
    day: str = pa.Field(nullable=False, description="The day itself")
    label: str = pa.Field(nullable=False, description="What happened on it")
    source_id: str = pa.Field(nullable=True, description="The document that shows it")

    ids = identifiers("day_id", "source_id")
    dates = partial_dates("day")
    lengths = at_most(300, "label")
    seen = visible("label")
    filled = not_blank("label")
