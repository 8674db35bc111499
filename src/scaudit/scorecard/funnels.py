"""Funnels: the shares of units against their N, with the limits that chance alone would keep."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10

import numpy as np

from scaudit.figures import Figure, Measured, Outlier
from scaudit.scorecard.axes import Height
from scaudit.scorecard.keys import WIDTH, Entry, key
from scaudit.scorecard.numerals import number, percent
from scaudit.scorecard.plots import Funnel, Spot, Stroke
from scaudit.scorecard.shapes import Tick
from scaudit.scorecard.wording import clip, count
from scaudit.statistics.disparity import LEVELS, share_limits

_LEFT, _RIGHT, _TOP, _BASE = 34.0, 486.0, 5.0, 125.0
_NAMES = 11.0  # room for the numbers under the axis
_POINTS = 60  # of a limit
_LONG = 26  # letters of a unit's name
_LETTER, _ROW = 3.7, 7.6  # of a name
_NAMED = 24  # units that are named, those with the largest N
_TRIED = 6  # rows in which a name may be set before it is left to the list


@dataclass(frozen=True)
class _Unit:
    """A unit with its share and N over all periods in force."""

    name: str
    n: float
    value: float


def funnel(measured: Measured, figures: Sequence[Figure], outliers: Sequence[Outlier]) -> Funnel | None:
    """The picture of all units; None where none lies outside, or where the indicator is no share."""
    if not outliers or measured["kind"] != "share":
        return None
    named = {row["grp"]: _Unit(row["grp"], row["n"], row["value"]) for row in outliers}
    units = {**_units(figures), **named}
    overall = outliers[0]["overall"]
    places = _Places(list(units.values()), overall)
    samples, height = key(tuple(_entries()), _BASE + _NAMES)
    return Funnel(
        width=WIDTH,
        height=round(height, 2),
        left=_LEFT,
        base=_BASE,
        levels=tuple(
            Tick(0, places.height.y(level), f"{number(round(100 * level, 6))} %") for level in places.height.levels
        ),
        ticks=tuple(places.ticks()),
        limits=tuple(Stroke(places.limit(level), dash, 0.7) for level, dash in zip(LEVELS, ("3 2", ""), strict=True)),
        middle=places.height.y(overall),
        spots=tuple(
            Spot(places.x(unit.n), places.height.y(unit.value), "circle", unit.name in named)
            for unit in sorted(units.values(), key=lambda unit: (unit.name in named, unit.name))
        ),
        names=tuple(places.names(sorted(named.values(), key=lambda unit: (-unit.n, unit.name))[:_NAMED])),
        key=samples,
        picture=_picture(measured, outliers, len(units)),
    )


def outlier_list(outliers: Sequence[Outlier]) -> tuple[str, ...]:
    """The units that stand out in words, those with the largest N first, and how many more there are."""
    ordered = sorted(outliers, key=lambda row: (-row["n"], row["grp"]))
    more = len(ordered) - _NAMED
    return (*(outlier_words(row) for row in ordered[:_NAMED]), *([f"And {more} more of smaller N"] if more > 0 else []))


def outlier_words(row: Outlier) -> str:
    """`Harbour: 31.0 percent of N 812, where chance keeps 40.1 to 52.3 (q 0.001)`."""
    limits = f"{percent(row['low'])} to {percent(row['high'])}"
    return f"{row['grp']}: {percent(row['value'])} percent of N {row['n']:,}, where chance keeps {limits} (q {_q(row)})"


class _Places:
    """Where a share and an N stand; N on a scale of powers of ten, since units differ that much."""

    def __init__(self, units: Sequence[_Unit], overall: float) -> None:
        self.least, self.most = min(unit.n for unit in units), max(unit.n for unit in units)
        self.begin, self.end = log10(self.least) - 0.05, log10(self.most) + 0.05
        self.overall = overall
        self.height = Height([overall, *(unit.value for unit in units)], _TOP, _BASE)

    def x(self, n: float) -> float:
        share = (log10(n) - self.begin) / (self.end - self.begin)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)

    def limit(self, level: float) -> str:
        """Both limits at a level as an SVG path, cut where they leave the picture."""
        sizes = np.geomspace(self.least, self.most, _POINTS)
        top = self.height.levels[-1]
        paths = []
        for ends in share_limits(sizes, self.overall, level):
            inside = [(self.x(n), self.height.y(end)) for n, end in zip(sizes, ends, strict=True) if 0 < end < top]
            paths.append("M" + "L".join(f"{x} {y}" for x, y in inside) if inside else "")
        return "".join(paths)

    def ticks(self) -> Iterator[Tick]:
        """Powers of ten, and twice and five times as much."""
        powers = range(int(self.begin) - 1, int(self.end) + 1)
        for n in (part * 10**power for power in powers if power >= 0 for part in (1, 2, 5)):
            if self.begin <= log10(n) <= self.end:
                yield Tick(self.x(n), _BASE, f"{n:,}")

    def names(self, units: Sequence[_Unit]) -> Iterator[Tick]:
        """The names of units beside their marks, where one finds room; the list under the picture has all."""
        taken: list[tuple[float, float, float]] = []
        for unit in units:
            words = clip(unit.name, _LONG)
            wide, x, y = len(words) * _LETTER, self.x(unit.n), self.height.y(unit.value) + 2.6
            left = x + 4 if x + 4 + wide < WIDTH else x - 4 - wide
            for row in range(_TRIED):
                at = y + (row + 1) // 2 * _ROW * (1 if row % 2 else -1)
                if not any(
                    left < end and begin < left + wide and abs(at - other) < _ROW for begin, end, other in taken
                ):
                    taken.append((left, left + wide, at))
                    yield Tick(round(left, 2), round(at, 2), words)
                    break


def _units(figures: Sequence[Figure]) -> dict[str, _Unit]:
    """Every unit over all periods in force, as the engine adds them up."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in figures:
        if row["in_force"] and row["grp"] and row["numerator"] is not None and row["denominator"]:
            sums[row["grp"]][0] += row["numerator"]
            sums[row["grp"]][1] += row["denominator"]
    return {grp: _Unit(grp, n, k / n) for grp, (k, n) in sums.items()}


def _entries() -> Iterator[Entry]:
    yield Entry("stands out", None, "circle")
    yield Entry("other unit", None, "circle", filled=False)
    for level, dash in zip(LEVELS, ("3 2", ""), strict=True):
        yield Entry(f"{100 * level:g} percent limits", Stroke("", dash, 0.7))
    yield Entry("all units together", Stroke("", "1 2", 0.8))


def _picture(measured: Measured, outliers: Sequence[Outlier], units: int) -> str:
    return (
        f"Funnel plot of {measured['title']}: {len(outliers)} of {count(units, 'unit')} outside the limits about "
        f"{percent(outliers[0]['overall'])} percent. {'; '.join(outlier_list(outliers))}."
    )


def _q(row: Outlier) -> str:
    return "under 0.001" if row["q_value"] < 0.001 else f"{row['q_value']:.3f}"  # noqa: PLR2004 (as printed)
