"""Group bars: the groups of one period beside each other, each with its interval and its N."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from scaudit.figures import Figure, Measured
from scaudit.scorecard.keys import WIDTH, Entry, key
from scaudit.scorecard.numerals import full_words, hidden, is_interval, limits, n_words, period, told, unit
from scaudit.scorecard.plots import GroupBar, GroupBars, Stroke
from scaudit.scorecard.wording import clip, count

_LEFT, _RIGHT = 128.0, 320.0  # where bars begin, and where the longest may end
_ROW, _BAR = 12.0, 4.0  # height of a bar with its air, and from its row to its middle
_MOST = 14  # groups that a picture can bear
_LABEL = 30  # letters of a group's name
_TWO = 2  # versions or sources that stand beside each other as bars; of more the table has all
_CAP = 1.6


def group_bars(measured: Measured, figures: Sequence[Figure]) -> GroupBars | None:
    """The picture of the groups of one period, those with the largest N first; None where there is none to draw."""
    shown = [row for row in figures if not hidden(row)]
    if not shown:
        return None
    by_group = _by_group(figures)
    kept = list(by_group)[:_MOST]
    pairs = [(grp, place, row) for grp in kept for place, row in enumerate(by_group[grp][:_TWO])]
    most = max((row["high"] or row["value"] or 0.0 for *_, row in pairs), default=0.0) or 1.0
    rows = tuple(_bar(measured, pair, number * _ROW, most) for number, pair in enumerate(pairs))
    samples, height = key(tuple(_entries(measured, shown, pairs)), len(rows) * _ROW)
    return GroupBars(
        width=WIDTH,
        height=round(height + 2, 2),
        left=_LEFT,
        rows=rows,
        whiskers="".join(_whisker(row, number * _ROW + _BAR, most) for number, (*_, row) in enumerate(pairs)),
        key=samples,
        when=_when(measured, figures),
        unit=unit(measured),
        picture=_picture(measured, figures, pairs),
        note=_note(len(by_group) - len(kept)),
    )


def _by_group(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    """The figures of each group, in force first; groups by N, those not shown last."""
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for row in sorted(figures, key=lambda row: (not row["in_force"], row["version"] or "", row["source_ids"])):
        found[row["grp"]].append(row)
    size = {grp: max((row["n"] or row["value"] or 0.0) for row in rows) for grp, rows in found.items()}
    return {grp: found[grp] for grp in sorted(found, key=lambda grp: (-size[grp], grp))}


def _bar(measured: Measured, pair: tuple[str, int, Figure], y: float, most: float) -> GroupBar:
    label, place, row = pair
    right = _x(max(row["value"] or 0.0, 0.0), most)
    return GroupBar(
        label="" if place else clip(label, _LABEL),
        y=y,
        right=right,
        end=max(right, _x(row["high"] or 0.0, most)) + 4,
        hatched=bool(place),
        words=_words(measured, row),
    )


def _words(measured: Measured, row: Figure) -> str:
    """A value with its interval and its N, which a count is itself."""
    own = row["n"] is not None and row["n"] == row["value"]
    beside = [part for part in (limits(measured, row), "" if own else n_words(row)) if part and not hidden(row)]
    return f"{told(measured, row)} ({'; '.join(beside)})" if beside else told(measured, row)


def _x(value: float, most: float) -> float:
    return round(_LEFT + value / most * (_RIGHT - _LEFT), 2)


def _whisker(row: Figure, y: float, most: float) -> str:
    if hidden(row) or row["low"] is None or row["high"] is None:
        return ""
    low, high = _x(row["low"], most), _x(row["high"], most)
    top = round(y - _CAP, 2)
    return f"M{low} {y}H{high}M{low} {top}v{2 * _CAP}M{high} {top}v{2 * _CAP}"


def _entries(measured: Measured, shown: Sequence[Figure], pairs: Sequence[tuple[str, int, Figure]]) -> Iterator[Entry]:
    """What solid and hatched bars are, where there are both, and what the thin lines are."""
    for place in range(_TWO if any(place for _, place, _ in pairs) else 0):
        names = sorted({_name(row) for _, where, row in pairs if where == place})
        yield Entry(" or ".join(names), bar="hatched" if place else "solid")
    if any(limits(measured, row) for row in shown):
        intervals = any(is_interval(measured, row) for row in shown)
        yield Entry("thin lines: 95 percent interval" if intervals else "thin lines: range", Stroke("", "", 0.5))


def _name(row: Figure) -> str:
    """What tells two bars of a group apart: their version and whether it is in force, else their source."""
    if row["version"]:
        return f"{row['version']}, {'in force' if row['in_force'] else 'not in force'}"
    return ", ".join(row["source_ids"]) or "no source named"


def _when(measured: Measured, figures: Sequence[Figure]) -> str:
    return period(figures[0]["period_from"], figures[0]["period_to"], measured["period"])


def _picture(measured: Measured, figures: Sequence[Figure], pairs: Sequence[tuple[str, int, Figure]]) -> str:
    several = any(place for _, place, _ in pairs)
    numbers = "; ".join(
        f"{grp}{', ' + _name(row) if several else ''} {full_words(measured, row)}" for grp, _, row in pairs
    )
    by = f" by {measured['by']}" if measured["by"] else ""
    return f"{measured['title']}{by}, {_when(measured, figures)}: {numbers}."


def _note(left: int) -> str:
    return f"{count(left, 'smaller group')} not drawn; the data of this card have them." if left else ""
