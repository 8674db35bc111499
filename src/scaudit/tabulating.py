"""Tabulating: what was measured, for programs and spreadsheets: indicators with figures, events, splits, outliers."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from scaudit.errors import UsageError
from scaudit.figures import Figure, Measured
from scaudit.results import Results
from scaudit.scorecard.held_back import figures
from scaudit.scorecard.numbers import versions_of
from scaudit.scorecard.numbers_json import finite
from scaudit.scorecard.synthetic import is_synthetic
from scaudit.spreadsheet import csv_text

COLUMNS = (
    *("indicator_id", "title", "kind", "unit", "synthetic", "version", "in_force", "period_from", "period_to", "grp"),
    *("numerator", "denominator", "bound", "value", "low", "high", "n", "suppressed", "source_ids"),
)
"""The columns of the figures as CSV."""


def chosen(
    results: Results, ids: Sequence[str] = (), by: str | None = None, definition: str | None = None
) -> list[Measured]:
    """The indicators of these ids, or all, by id, that have the group and the version that are asked for.

    `by` is what groups are called, or one of them; `definition` a version. Raises UsageError for an id that there is
    not, for a named indicator that lacks them, and where none has them.
    """
    known = {row["indicator_id"]: row for row in results.measured}
    for one in ids:
        if one not in known:
            near = get_close_matches(one, known, 3) or sorted(known)
            told = f"did you mean {', '.join(near)}?" if near else "the project declares none."
            raise UsageError(f"There is no indicator {one!r}; {told}")
    found = [known[key] for key in sorted(set(ids) or known)]
    lacks = {row["indicator_id"]: _lacks(results, row, by, definition) for row in found}
    if any(lacks.values()) and (ids or all(lacks.values())):
        raise UsageError(next(words for words in lacks.values() if words))
    return [row for row in found if not lacks[row["indicator_id"]]]


def figures_of(
    results: Results, measured: Measured, by: str | None = None, definition: str | None = None
) -> list[Figure]:
    """The figures of an indicator by group, version and period; of one group or version where it is named."""
    rows = sorted(figures(results, measured["indicator_id"]), key=_place)
    of_group = [row for row in rows if by is None or row["grp"] == by or (row["grp"] and by == measured["by"])]
    return [row for row in of_group if definition is None or row["version"] == definition]


def _lacks(results: Results, measured: Measured, by: str | None, definition: str | None) -> str:
    """That an indicator has no such group or version, and which it has; nothing where it has both."""
    rows, key = results.figures_of[measured["indicator_id"]], measured["indicator_id"]
    groups = sorted({row["grp"] for row in rows if row["grp"]})
    versions = sorted({row["version"] for row in rows if row["version"]})
    if by is not None and by not in groups and not (groups and by == measured["by"]):
        told = f"it has groups by {measured['by']}: {', '.join(groups)}" if groups else "it has no groups"
        return f"{key} has no group {by!r}; {told}."
    if definition is not None and definition not in versions:
        told = f"it is counted by {', '.join(versions)}" if versions else "it is counted by no definition"
        return f"{key} has no version {definition!r}; {told}."
    return ""


def indicators_json(
    results: Results, ids: Sequence[str] = (), by: str | None = None, definition: str | None = None
) -> dict[str, Any]:
    """For programs; schema scaudit/indicators/1. What sources disagree about is there where no id is given.

    Arguments as in `chosen`.
    """
    found = chosen(results, ids, by, definition)
    return {
        "schema": "scaudit/indicators/1",
        **{key: results.run[key] for key in ("as_of", "known_on", "ruleset", "data_digest")},
        "synthetic": is_synthetic(results),
        "indicators": [
            {
                **row,
                "figures": finite(figures_of(results, row, by, definition)),
                "events": _ordered(finite(results.events_of[row["indicator_id"]]), "grp", "day"),
                "splits": _ordered(results.splits_of[row["indicator_id"]], "grp", "version_from", "version_to"),
                "outliers": _ordered(results.outliers_of[row["indicator_id"]], "grp"),
            }
            for row in found
        ],
        "versions": versions_of(results, found),
        "disagreements": []
        if ids
        else _ordered(results.disagreements, "family", "geography", "period_to", "period_from"),
    }


def indicators_csv(
    results: Results, ids: Sequence[str] = (), by: str | None = None, definition: str | None = None
) -> str:
    """The figures as CSV, one a line; what is held back has no number, and sources are parted by a space.

    Arguments as in `chosen`.
    """
    lines = (
        {**measured, **row, "source_ids": " ".join(row["source_ids"] or measured["source_ids"])}
        for measured in chosen(results, ids, by, definition)
        for row in finite(figures_of(results, measured, by, definition))
    )
    return csv_text(COLUMNS, ([_cell(line[column]) for column in COLUMNS] for line in lines))


def _place(row: Figure) -> tuple[str, str, str, str, str]:
    days = row["period_from"].isoformat(), row["period_to"].isoformat()
    return row["grp"], row["version"] or "", *days, " ".join(row["source_ids"])


def _ordered(rows: Iterable[Mapping[str, Any]], *names: str) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: [str(row[name]) for name in names])


def _cell(value: object) -> object:
    """Nothing for what is not there, `true` and `false` as in the inputs, numbers as numbers."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
