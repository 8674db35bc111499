"""Traces: lines, steps, marks and intervals of a series as SVG paths."""

from collections import defaultdict
from collections.abc import Iterator

from scaudit.figures import Figure
from scaudit.scorecard.lines import Line
from scaudit.scorecard.numerals import hidden, told
from scaudit.scorecard.plots import Spot, Stroke
from scaudit.scorecard.shapes import Tick
from scaudit.scorecard.sketch import STYLED, Sketch

STYLES = (("", "circle", True), ("4 2", "circle", False), ("1 1.8", "square", True), ("6 2 1 2", "square", False))
"""Dash, mark and whether it is filled, of the first, second, third and fourth line."""
OTHER = ("diamond", False)
"""Mark of all further lines, which are not joined."""
OUT_OF_FORCE = "3 2"
_STRONG, _LIGHT = 1.5, 0.9  # weights of a line in force or first, and of others
_EVERY = 10  # marks on a longer line that must be told from others
_CAP = 1.6  # half the width of the end of a whisker
_ROW = 8.0  # between two last values


def strokes(sketch: Sketch) -> tuple[Stroke, ...]:
    """All lines of one sort as one path."""
    paths: defaultdict[tuple[str, float], str] = defaultdict(str)
    for place, line in enumerate(sketch.styled):
        for in_force, path in _steps(sketch, line) if sketch.steps else _pieces(sketch, line, place):
            paths[sort(sketch, place, in_force=in_force)] += path
    return tuple(Stroke(path, *key) for key, path in paths.items())


def sort(sketch: Sketch, place: int, *, in_force: bool) -> tuple[str, float]:
    """Dash and weight: solid what is in force where versions differ, else by the place of the line."""
    if sketch.split:
        return ("", _STRONG) if in_force else (OUT_OF_FORCE, _LIGHT)
    return STYLES[place][0], _LIGHT if place else _STRONG


def spots(sketch: Sketch) -> tuple[Spot, ...]:
    """Marks: on every value of a short line, on some of a long one, and a cross on the axis for what is not shown."""
    return tuple(spot for place, line in enumerate(sketch.lines) for spot in _spots(sketch, line, place))


def whiskers(sketch: Sketch) -> str:
    """Intervals: upright lines on a short series, thin lines above and below a long one."""
    if sketch.marked:
        return "".join(part for place, line in enumerate(sketch.styled) for part in _uprights(sketch, line, place))
    return "".join(part for place, line in enumerate(sketch.styled) for part in _bands(sketch, line, place))


def lasts(sketch: Sketch) -> tuple[Tick, ...]:
    """The value of the last period of every line that reaches it in words, moved apart where they would touch."""
    rows = [row for line in sketch.styled for row in line.figures if row["period_to"] == sketch.width.last]
    found = sorted((sketch.y(row["value"]), told(sketch.measured, row)) for row in rows if not hidden(row))
    placed: list[Tick] = []
    for y, words in dict.fromkeys(found):
        least = placed[-1].y + _ROW if placed else 0.0
        placed.append(Tick(sketch.width.right + 3, round(max(y + 2.8, least), 2), words))
    return tuple(placed)


def _pieces(sketch: Sketch, line: Line, place: int) -> Iterator[tuple[bool, str]]:
    """Lines from value to value."""
    for row, after in sketch.neighbours(line):
        here, there = (f"{sketch.x(each, place)} {sketch.y(each['value'])}" for each in (row, after))
        yield row["in_force"] and after["in_force"], f"M{here}L{there}"


def _steps(sketch: Sketch, line: Line) -> Iterator[tuple[bool, str]]:
    """A level line as long as its period, and an upright one to the next."""
    for row in line.figures:
        if row["value"] is not None:
            start, end = (sketch.width.x(row[name]) for name in ("period_from", "period_to"))
            yield row["in_force"], f"M{start} {sketch.y(row['value'])}H{end}"
    for row, after in sketch.neighbours(line):
        x = sketch.width.x(after["period_from"])
        yield row["in_force"] and after["in_force"], f"M{x} {sketch.y(row['value'])}V{sketch.y(after['value'])}"


def _spots(sketch: Sketch, line: Line, place: int) -> Iterator[Spot]:
    shape, filled = STYLES[place][1:] if place < STYLED else OTHER
    for row in _marked(sketch, line, place):
        yield Spot(sketch.x(row, place), sketch.y(row["value"]), shape, filled)
    for row in line.figures:
        if row["suppressed"]:
            yield Spot(sketch.x(row, place), sketch.base, "cross", filled=False)


def _marked(sketch: Sketch, line: Line, place: int) -> list[Figure]:
    """The values of a line that have a mark: those that stand alone always."""
    shown = [row for row in line.figures if not hidden(row)]
    if sketch.marked or place >= STYLED:
        return shown
    joined = {id(row) for pair in sketch.neighbours(line) for row in pair}
    every = max(1, len(shown) // _EVERY)
    alone = len(sketch.lines) == 1
    return [row for place, row in enumerate(shown) if id(row) not in joined or not (alone or place % every)]


def _uprights(sketch: Sketch, line: Line, place: int) -> Iterator[str]:
    for row in line.figures:
        if not hidden(row) and row["low"] is not None and row["high"] is not None:
            x, low, high = sketch.x(row, place), sketch.y(row["low"]), sketch.y(row["high"])
            left = round(x - _CAP, 2)
            yield f"M{x} {low}V{high}M{left} {low}h{2 * _CAP}M{left} {high}h{2 * _CAP}"


def _bands(sketch: Sketch, line: Line, place: int) -> Iterator[str]:
    """Of the first line, or of what is in force where versions differ: more bands would hide each other."""
    for row, after in sketch.neighbours(line):
        if not (row["in_force"] and after["in_force"] if sketch.split else place == 0):
            continue
        start, end = (sketch.x(each, place) for each in (row, after))
        for here, there in ((row["low"], after["low"]), (row["high"], after["high"])):
            if here is not None and there is not None:
                yield f"M{start} {sketch.y(here)}L{end} {sketch.y(there)}"
