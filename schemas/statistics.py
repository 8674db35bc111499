"""The table statistics: what was counted."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import (
    at_most,
    identifiers,
    no_less_than_nothing,
    not_blank,
    numbers,
    one_of,
    partial_dates,
    visible,
)


class Statistics(pa.DataFrameModel):
    """One value of one series for one period and place, as one source gives it."""

    statistic_id: str = pa.Field(nullable=False, description="Name of the value")
    series_id: str = pa.Field(nullable=False, description="The series to which it belongs")
    period_from: str = pa.Field(nullable=False, description="The first day of its period")
    period_to: str = pa.Field(nullable=False, description="The last day of its period")
    geography: str = pa.Field(nullable=False, description="The place for which it holds")
    value: str = pa.Field(nullable=False, description="The value, as the source gives it")
    unit: str = pa.Field(nullable=False, description="Its unit, which is that of its series")
    source_id: str = pa.Field(nullable=False, description="The document it was read in")
    bound: str = pa.Field(
        nullable=True, description="How the source puts it: exact, about, more_than, at_most or nearly; empty for exact"
    )
    numerator: str = pa.Field(nullable=True, description="Of a share, the number of the part, where a source gives it")
    denominator: str = pa.Field(
        nullable=True, description="Of a share, the number of the whole, where a source gives it"
    )
    release: str = pa.Field(
        nullable=True, description="The day of the publication that it is from, where a publisher has several"
    )
    locator: str = pa.Field(nullable=True, description="The place in that document")
    note: str = pa.Field(nullable=True, description="Anything a reader should know about it")

    ids = identifiers("statistic_id", "series_id", "source_id")
    short = at_most(300, "geography", "locator")
    long = at_most(2000, "note")
    dates = partial_dates("period_from", "period_to", "release")
    decimals = numbers("value", "numerator", "denominator")
    counted = no_less_than_nothing("numerator", "denominator")
    bounds = one_of("bound", "exact", "about", "more_than", "at_most", "nearly")
    seen = visible("geography", "locator", "note")
    filled = not_blank("geography")
