"""Group bars: the groups of one period beside each other, each with its interval and its N."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scaudit.figures import Figure, Measured
from scaudit.scorecard.keys import WIDTH, Entry, key
from scaudit.scorecard.numerals import (
    full_words,
    hidden,
    is_interval,
    limits,
    n_words,
    of_one_period,
    periods,
    told,
    unit,
)
from scaudit.scorecard.plots import GroupBar, GroupBars, Stroke
from scaudit.scorecard.wording import clip, count

_LEFT, _RIGHT = 128.0, 320.0  # where bars begin beside their names, and where the longest may end
_ROW, _BAR = 12.0, 4.0  # height of a bar with its air, and from its row to its middle
_NAME, _LETTERS = 8.0, 11.0  # from a row to the foot of its name, and the height of a name that stands above its bar
_MOST = 14  # groups that a picture can bear
_LABEL, _LONG = 30, 110  # letters of a group's name beside its bar, and above it
_TWO = 2  # versions or sources that stand beside each other as bars; of more the table has all
_CAP = 1.6


@dataclass(frozen=True)
class _Scale:
    """From a value to a place: bars begin at `left`, and the one of `most` ends where words still have room."""

    left: float
    most: float

    def x(self, value: float) -> float:
        return round(self.left + value / self.most * (_RIGHT - _LEFT), 2)


def group_bars(measured: Measured, figures: Sequence[Figure]) -> GroupBars | None:
    """The picture of the groups of one period, those with the largest N first; None where none are to be compared."""
    shown = [row for row in figures if not hidden(row)]
    if not shown or len(figures) == 1 or not of_one_period(figures):
        return None
    by_group = _by_group(figures)
    kept = list(by_group)[:_MOST]
    pairs = [(grp, place, row) for grp in kept for place, row in enumerate(by_group[grp][:_TWO])]
    most = max((row["high"] or row["value"] or 0.0 for *_, row in pairs), default=0.0) or 1.0
    scale = _Scale(0.0 if any(len(grp) > _LABEL for grp in kept) else _LEFT, most)
    rows = tuple(_bars(measured, pairs, scale))
    samples, height = key(tuple(_entries(measured, shown, pairs)), rows[-1].y + _ROW)
    return GroupBars(
        width=WIDTH,
        height=round(height + 2, 2),
        left=scale.left,
        rows=rows,
        whiskers="".join(_whisker(row, bar.y + _BAR, scale) for bar, (*_, row) in zip(rows, pairs, strict=True)),
        key=samples,
        when=periods(measured, figures),
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


def _bars(measured: Measured, pairs: Sequence[tuple[str, int, Figure]], scale: _Scale) -> Iterator[GroupBar]:
    """Bar under bar; where a name is too long to stand beside its bar, all names stand above theirs."""
    y = 0.0
    for label, place, row in pairs:
        named = not (place or scale.left)
        y += _LETTERS * named
        right = scale.x(max(row["value"] or 0.0, 0.0))
        yield GroupBar(
            label="" if place else clip(label, _LONG if named else _LABEL),
            label_y=y + _NAME - _LETTERS * named,
            y=y,
            right=right,
            end=max(right, scale.x(row["high"] or 0.0)) + 4,
            hatched=bool(place),
            words=_words(measured, row),
        )
        y += _ROW


def _words(measured: Measured, row: Figure) -> str:
    """A value with its interval and its N, which a count is itself."""
    own = row["n"] == row["value"] if row["n"] is not None else measured["kind"] == "count"
    beside = [part for part in (limits(measured, row), "" if own else n_words(measured, row)) if part]
    return f"{told(measured, row)} ({'; '.join(beside)})" if beside and not hidden(row) else told(measured, row)


def _whisker(row: Figure, y: float, scale: _Scale) -> str:
    if hidden(row) or row["low"] is None or row["high"] is None:
        return ""
    low, high = scale.x(row["low"]), scale.x(row["high"])
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


def _picture(measured: Measured, figures: Sequence[Figure], pairs: Sequence[tuple[str, int, Figure]]) -> str:
    several = any(place for _, place, _ in pairs)
    numbers = "; ".join(
        f"{grp}{', ' + _name(row) if several else ''} {full_words(measured, row)}" for grp, _, row in pairs
    )
    by = f" by {measured['by']}" if measured["by"] else ""
    return f"{measured['title']}{by}, {periods(measured, figures)}: {numbers}."


def _note(left: int) -> str:
    return f"{count(left, 'smaller group')} not drawn; the data of this card have them." if left else ""
