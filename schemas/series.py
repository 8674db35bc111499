"""The table series: what is counted."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, not_blank, one_of, visible


class Series(pa.DataFrameModel):
    """One thing that is counted, over time and place: what one unit of it is, and what it leaves out."""

    series_id: str = pa.Field(nullable=False, description="Short name of the series")
    title: str = pa.Field(nullable=False, description="Its name, as printed")
    counts: str = pa.Field(nullable=False, description="What one unit of it is, and what it leaves out")
    unit: str = pa.Field(nullable=False, description="The unit of all its values")
    kind: str = pa.Field(
        nullable=False,
        description="count: in a period; cumulative: since a first day; share: in percent; average: a mean over the "
        "period; change: from one time to another; amount: of money",
    )
    family: str = pa.Field(
        nullable=True, description="A name shared by series that count nearly the same thing under other words"
    )
    population: str = pa.Field(nullable=True, description="The whole of which it counts or is a part")
    term: str = pa.Field(nullable=True, description="The term by which it counts, if it counts by one")
    version: str = pa.Field(nullable=True, description="The version of that term under which it was counted, if known")
    better: str = pa.Field(
        nullable=True, description="The direction that is nearer to what is asked: lower, higher or none"
    )
    bears_on: str = pa.Field(nullable=True, description="The asks and claims on which it bears, separated by spaces")
    note: str = pa.Field(nullable=True, description="Anything a reader should know about it")

    ids = identifiers("series_id", "family", "term", "version")
    short = at_most(300, "title", "population")
    long = at_most(2000, "counts", "note", "bears_on")
    units = one_of(
        "unit",
        "counties",
        "jurisdictions",
        "people",
        "removals",
        "deportations",
        "detainers",
        "submissions",
        "cases",
        "agencies",
        "agreements",
        "usd",
        "usd_per_year",
        "days",
        "percent",
        "percent_change",
    )
    kinds = one_of("kind", "count", "cumulative", "share", "average", "change", "amount")
    directions = one_of("better", "lower", "higher", "none")
    seen = visible("title", "counts", "population", "note")
    filled = not_blank("title", "counts")
