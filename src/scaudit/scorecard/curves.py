"""Curves: a series over time as lines or steps, with intervals and the day of an event, its key and its words."""

from collections.abc import Iterator, Sequence

from scaudit.figures import Event, Figure, Measured
from scaudit.scorecard.before_after import broken_on
from scaudit.scorecard.keys import WIDTH, Entry, key
from scaudit.scorecard.lines import Line
from scaudit.scorecard.numerals import full_words, hidden, is_interval, limits, period
from scaudit.scorecard.plots import Curve, Stroke
from scaudit.scorecard.shapes import Tick
from scaudit.scorecard.sketch import NAMES, STYLED, Sketch
from scaudit.scorecard.traces import OTHER, OUT_OF_FORCE, STYLES, lasts, sort, spots, strokes, whiskers
from scaudit.scorecard.wording import count

_TOLD = 12  # values of a line up to which the words of the picture name each
_TRIANGLE = 5.0  # its height under the axis


def curve(measured: Measured, lines: Sequence[Line], events: Sequence[Event], message: str) -> Curve | None:
    """The picture of lines; None where none of them has a value."""
    drawn = [line for line in lines if any(not hidden(row) for row in line.figures)]
    if not drawn:
        return None
    sketch = Sketch(measured, drawn, [event["day"] for event in events])
    samples, height = key(tuple(_entries(sketch, events)), sketch.base + NAMES)
    return Curve(
        width=WIDTH,
        height=round(height, 2),
        left=sketch.width.left,
        right=sketch.width.right,
        top=sketch.height.top,
        base=sketch.base,
        levels=tuple(Tick(0, sketch.y(level), sketch.level(level)) for level in sketch.height.levels),
        ticks=tuple(Tick(x, sketch.base, words) for x, words in sketch.width.ticks),
        days=sketch.days,
        strokes=strokes(sketch),
        spots=spots(sketch),
        whiskers=whiskers(sketch),
        breaks="".join(_breaks(sketch, events)),
        ends=lasts(sketch),
        key=samples,
        picture=_picture(sketch, message),
    )


def _breaks(sketch: Sketch, events: Sequence[Event]) -> Iterator[str]:
    """A triangle under the axis where the series itself breaks."""
    days = {day for event in events if (day := broken_on(event)) is not None and sketch.width.holds(day)}
    for day in sorted(days):
        yield f"M{sketch.width.x(day)} {sketch.base}l{_TRIANGLE / 2} {_TRIANGLE}h-{_TRIANGLE}z"


def _entries(sketch: Sketch, events: Sequence[Event]) -> Iterator[Entry]:
    """What the key explains: only what the picture has."""
    for place, line in enumerate(sketch.styled):
        if line.label:
            dash, weight = sort(sketch, place, in_force=line.in_force)
            yield Entry(line.label, Stroke("", dash, weight), *STYLES[place][1:])
    if len(sketch.lines) > STYLED:
        yield Entry(f"{count(len(sketch.lines) - STYLED, 'other line')}, named in the table", None, *OTHER)
    if sketch.split:
        yield Entry("solid: in force in its period", Stroke("", *sort(sketch, 0, in_force=True)))
        yield Entry("dashed: not in force", Stroke("", OUT_OF_FORCE, sort(sketch, 0, in_force=False)[1]))
    if told := sorted({_limits(sketch, row) for row in sketch.figures if limits(sketch.measured, row)}):
        of = "" if sketch.marked or len(sketch.lines) == 1 else ", of the strong line"
        yield Entry(f"{'upright' if sketch.marked else 'thin'} lines: {' or '.join(told)}{of}", Stroke("", "", 0.5))
    if sketch.uneven:
        yield Entry("periods of different length: the total of a shorter one is smaller for that alone")
    if any(row["suppressed"] for row in sketch.figures):
        yield Entry("not shown", None, "cross", filled=False)
    if any(_breaks(sketch, events)):
        yield Entry("where the series itself breaks", None, "triangle")


def _limits(sketch: Sketch, row: Figure) -> str:
    return "95 percent interval" if is_interval(sketch.measured, row) else "range"


def _picture(sketch: Sketch, message: str) -> str:
    """The picture in words: the message, and the numbers of every line."""
    return " ".join((f"{sketch.measured['title']}. {message}", *(_numbers(sketch, line) for line in sketch.lines)))


def _numbers(sketch: Sketch, line: Line) -> str:
    """Every value of a short line; of a long one the first, the last, the highest and the lowest."""
    shown = [row for row in line.figures if not hidden(row)]
    label = f"{line.label}: " if line.label else ""
    if len(line.figures) <= _TOLD:
        return f"{label}{'; '.join(_one(sketch.measured, row) for row in line.figures)}."
    ends = sorted(shown, key=lambda row: row["value"] or 0.0)
    chosen = (("first", shown[0]), ("lowest", ends[0]), ("highest", ends[-1]), ("last", shown[-1]))
    told = "; ".join(f"{name}: {_one(sketch.measured, row)}" for name, row in chosen)
    return f"{label}{count(len(line.figures), 'period')}; {told}."


def _one(measured: Measured, row: Figure) -> str:
    return f"{period(row['period_from'], row['period_to'], measured['period'])} {full_words(measured, row)}"
