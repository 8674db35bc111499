"""Number tables: every figure of a picture as a table, lean: a year a row where the months are many."""

from collections.abc import Sequence
from datetime import date, timedelta

from scaudit.figures import Figure, Measured
from scaudit.scorecard.lines import Line
from scaudit.scorecard.numerals import hidden, limits, n_cell, period, short_month, told, unit
from scaudit.scorecard.panels import NumberTable
from scaudit.scorecard.wording import count

_MANY = 24  # periods from which on months stand in a row a year
_ROWS = 40  # rows of a list at most
_UNITS = 60  # or of one of units, such as states
_GRIDS = 3  # lines that have a table of months
_MONTHS = 12
_CROSS = "x"
_OWN = "Each number is its own N."


def tables(
    measured: Measured, lines: Sequence[Line], figures: Sequence[Figure], groups: Sequence[Figure] = ()
) -> tuple[NumberTable, ...]:
    """The numbers of the lines over time and of the groups; none where there is a single one.

    All groups over all time where they are few enough, else `groups`, those of the last period.
    """
    grids = [line for line in lines if len(line.figures) > _MANY and all(map(_is_month, line.figures))]
    listed = [row for line in lines if line not in grids for row in line.figures]
    known = {id(row) for row in listed}
    whole, grouped = ([row for row in figures if bool(row["grp"]) is told] for told in (False, True))
    others = [*([] if lines else whole), *(grouped if len(grouped) <= _ROWS else groups)]
    rows = [*listed, *(row for row in others if id(row) not in known)]
    made = [_grid(measured, line) for line in grids[:_GRIDS]]
    if len(rows) > 1:
        made.append(_list(measured, rows))
    left = len(grids) - _GRIDS
    if left > 0:
        made.append(NumberTable("", (), (), (), f"{count(left, 'further line')}: in the data of this card."))
    return tuple(made)


def _is_month(row: Figure) -> bool:
    return row["period_from"].day == 1 and (row["period_from"] + timedelta(days=31)).replace(day=1) == row[
        "period_to"
    ] + timedelta(days=1)


def _grid(measured: Measured, line: Line) -> NumberTable:
    """A year a row, a month a column."""
    years: dict[int, list[str]] = {}
    for row in line.figures:
        cells = years.setdefault(row["period_from"].year, [""] * _MONTHS)
        cells[row["period_from"].month - 1] = _cell(measured, row)
    heads = tuple(short_month(date(2000, number, 1)) for number in range(1, _MONTHS + 1))
    return NumberTable(
        title=line.label,
        heads=("Year", *heads),
        widths=(7, *(7.75 for _ in heads)),
        rows=tuple((str(year), *cells) for year, cells in sorted(years.items())),
        note=_grid_note(measured, line),
    )


def _cell(measured: Measured, row: Figure) -> str:
    """A value, and behind a line break its N where that is another number."""
    if hidden(row):
        return _CROSS if row["suppressed"] else ""
    value = told(measured, row)
    return value if row["n"] in (None, row["value"]) else f"{value}\n{row['n']:,}"


def _grid_note(measured: Measured, line: Line) -> str:
    parts, shown = [], [row for row in line.figures if not hidden(row)]
    if any(row["n"] not in (None, row["value"]) for row in shown):
        parts.append(f"First {'percent' if measured['kind'] == 'share' else 'the value'}, under it N.")
    if shown and all(row["n"] is None for row in shown):
        parts.append("As published." if measured["kind"] == "count" else "Published; N not published.")
    parts.append(_own(line.figures))
    if any(limits(measured, row) for row in line.figures):
        parts.append("The intervals are in the picture and in the data of this card.")
    if any(row["suppressed"] for row in line.figures):
        parts.append("x: not shown.")
    return " ".join(part for part in parts if part)


def _list(measured: Measured, rows: Sequence[Figure]) -> NumberTable:
    """A figure a row, those of one period together; columns that would tell nothing are left out.

    Units that have one figure each, all from one source, stand by name.
    """
    one_source = len({tuple(row["source_ids"]) for row in rows}) == 1
    units = one_source and len(rows) <= _UNITS and len({row["grp"] for row in rows}) == len(rows)
    by_period = sorted(rows, key=lambda row: (row["period_to"], row["period_from"]))
    kept = sorted(rows, key=lambda row: row["grp"]) if units else by_period[-_ROWS:]
    columns = [column for column in _columns(measured, kept) if any(column[2])]
    spans = {(row["period_from"], row["period_to"]) for row in kept}
    title = _when(measured, kept[0]) if len(spans) == 1 and kept[0]["grp"] else ""
    heads, widths, cells = zip(*(columns[1:] if title else columns), strict=True)
    return NumberTable(
        title=title,
        heads=heads,
        widths=tuple(round(100 * width / sum(widths), 1) for width in widths),
        rows=tuple(zip(*cells, strict=True)),
        note=" ".join(part for part in (_own(kept), _left(len(rows) - len(kept))) if part),
    )


def _columns(measured: Measured, rows: Sequence[Figure]) -> list[tuple[str, int, list[str]]]:
    """Name, width and cells of every column."""
    counted = "Percent" if measured["kind"] == "share" else unit(measured).capitalize()
    own = bool(_own(rows))
    return [
        ("Period", 27, [_when(measured, row) for row in rows]),
        (measured["by"].capitalize() or "Group", 31, [row["grp"] for row in rows]),
        ("Version", 16, [_version(row) for row in rows]),
        (counted, 18, [told(measured, row) for row in rows]),
        ("Interval or range", 16, [limits(measured, row) for row in rows]),
        ("N", 12, ["" if own or hidden(row) else n_cell(measured, row) for row in rows]),
        ("Source", 18, [", ".join(row["source_ids"]) for row in rows]),
    ]


def _when(measured: Measured, row: Figure) -> str:
    return period(row["period_from"], row["period_to"], measured["period"])


def _own(rows: Sequence[Figure]) -> str:
    """That counts are their own N, where they are."""
    shown = [row for row in rows if not hidden(row)]
    return _OWN if shown and all(row["n"] is not None and row["n"] == row["value"] for row in shown) else ""


def _left(number: int) -> str:
    return f"{count(number, 'earlier figure')}: in the data of this card." if number else ""


def _version(row: Figure) -> str:
    if not row["version"]:
        return ""
    return row["version"] if row["in_force"] else f"{row['version']} (not in force)"
