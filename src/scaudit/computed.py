"""Computed: the evidence that indicators give, made anew on every run and never typed in.

What a figure says of an ask was declared before it was known. A figure that is computed from a body's own records keeps
that body as its origin, so it can bear no more than the body's word for its records (method, section 2).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from scaudit.errors import ProjectError
from scaudit.indicators import Indicator, Threshold
from scaudit.statement import statement

_COLUMNS = {
    **dict.fromkeys(("evidence_id", "criterion_id", "source_id", "locator", "origin_id", "stance"), pa.string()),
    "event_from": pa.date32(),
    "event_to": pa.date32(),
    "finding": pa.string(),
}
_NAMED = pa.schema([*((name, pa.string()) for name in ("indicator_id", "what", "name")), ("has_figures", pa.bool_())])
Rows = list[dict[str, Any]]


def testify(con: duckdb.DuckDBPyConnection, declared: Iterable[Indicator]) -> int:
    """Add to clean.evidence what the figures in force say of the asks that their indicators name; gives how many.

    One record for each figure of the group that a threshold names: basis data, tense observation, method stated, the
    indicator's id as locator. Suppressed figures and those of other versions give none.
    Raises ProjectError for a threshold that names a criterion, body or source which is not there, figures or none.
    """
    found = [
        (one, threshold, list(_records(con, one, number, threshold)))
        for one in declared
        for number, threshold in enumerate(one.declared.evidence, 1)
    ]
    _check_names(con, found)
    rows = [row for _, _, records in found for row in records]
    con.register("computed", pa.Table.from_pylist(rows, pa.schema(list(_COLUMNS.items()))))
    con.execute(statement("numbers", "add_evidence"))
    con.unregister("computed")
    return len(rows)


def _check_names(con: duckdb.DuckDBPyConnection, found: Iterable[tuple[Indicator, Threshold, Rows]]) -> None:
    named = [
        {"indicator_id": one.indicator_id, "what": what, "name": name, "has_figures": bool(records)}
        for one, threshold, records in found
        for what, name in (("criterion", threshold.criterion), ("body", threshold.origin), ("source", threshold.source))
    ]
    con.register("named", pa.Table.from_pylist(named, _NAMED))
    unknown = con.execute(statement("numbers", "unknown_names")).fetchall()
    con.unregister("named")
    if unknown:
        file, what, name, held = unknown[0]
        more = "; its row has a fault" if held else ""
        raise ProjectError(f"inputs/indicators/{file}.sql: evidence: there is no {what} '{name}'{more}.")


def _records(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, number: int, threshold: Threshold
) -> Iterator[dict[str, Any]]:
    figures = con.execute(statement("numbers", "figures_in_force"), [indicator.indicator_id, threshold.group])
    for period_from, period_to, value, numerator, denominator in figures.fetchall():
        yield {
            "evidence_id": f"{indicator.indicator_id}/{number}/{period_from:%Y-%m-%d}",
            "criterion_id": threshold.criterion,
            "source_id": threshold.source,
            "locator": indicator.indicator_id,
            "origin_id": threshold.origin,
            "stance": threshold.stance(value),
            "event_from": period_from,
            "event_to": period_to,
            "finding": finding(indicator, threshold, (period_from, period_to), value, (numerator, denominator)),
        }


def finding(
    indicator: Indicator,
    threshold: Threshold,
    period: tuple[date, date],
    value: float,
    parts: tuple[float | None, float | None],
) -> str:
    """What the figure is, in a sentence that says what was counted."""
    one, (numerator, denominator) = indicator.declared, parts
    group = f" ({threshold.group})" if threshold.group else ""
    days = f"{period[0].isoformat()} to {period[1].isoformat()}"
    if one.kind == "share" and numerator is not None and denominator is not None:
        told = f"{value:.1%} ({numerator:,.0f} of {denominator:,.0f}: {one.numerator}, of {one.denominator})"
    else:
        told = f"{value:,.6g} {one.unit} ({one.counts})"
    return f"{one.title}{group}, {days}: {told}. Computed from the records by the indicator {indicator.indicator_id}."
