"""Where each ask stood on the named days: geometry of the trajectory, in points."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scaudit.results import Results
from scaudit.rows import Criterion, Point
from scaudit.scorecard.shapes import DayColumn, Digit, Lane, Trajectory
from scaudit.scorecard.timeline import reference_days
from scaudit.scorecard.wording import clip, count, counting, listed, printed_day, short

_AGAINST = 1  # the rung of an ask that only has a finding against it
_WIDTH, _APART = 494.0, 14.0  # of the picture, and between its blocks
_HEAD, _LANE, _RUNG = 17.0, 20.0, 2.3  # heights of the days' names, of a lane, and of a rung in it
_SINK = 3.5  # between the lowest rung and the next lane
_LETTER = 4.1  # what a letter of a name takes before its lane
_BLOCKS = 3  # side by side at most
_NARROW, _WIDE = 24.0, 60.0  # a column takes no less where blocks stand side by side, and never more
_MOST = 16  # columns that one block can bear; of more days the latest are drawn
_LONG = 34  # letters of a name that a single block prints
_FEW = 3  # lanes in a block before there is another
_DIGIT, _BESIDE = 3.0, 14.5  # where in its column the number of the evidence stands, and that of the word
_LEAST = 2  # days that make a trajectory
_MET = 5
_NOTHING = "\u2013/\u2013"


@dataclass(frozen=True)
class _Stand:
    """Where a criterion stood on a day: a rung, and whether it is too old to count."""

    rung: int
    stale: bool

    @property
    def counts(self) -> int:
        return counting(self.rung, stale=self.stale)

    @property
    def text(self) -> str:
        return f"{self.rung}{'*' if self.counts < self.rung else ''}"


@dataclass(frozen=True)
class _Path:
    """A criterion through the days, as shown and as said; None where it has no point on a day."""

    short: str
    shown: tuple[_Stand | None, ...]
    said: tuple[_Stand | None, ...]

    @property
    def apart(self) -> tuple[_Stand | None, ...]:
        """What is said, where it is not what is shown."""
        return tuple(None if said == shown else said for shown, said in zip(self.shown, self.said, strict=True))

    @property
    def cells(self) -> tuple[str, ...]:
        both = zip(self.shown, self.said, strict=True)
        return tuple(f"{shown.text}/{said.text}" if shown and said else _NOTHING for shown, said in both)


def trajectory(results: Results, item_id: str) -> Trajectory | None:
    """The rungs of an item's asks on the named days since it was asked, up to the as-of day; None for a single day."""
    asks = results.asks(item_id)
    points = {_key(point): point for ask in asks for point in results.points_of[ask["criterion_id"]]}
    issued = results.item(item_id)["issued_on"]
    known = sorted({point["day"] for point in points.values()})
    since = [day for day in known if issued is None or day >= issued]
    if len(since) < _LEAST:
        return None
    days = since[-_MOST:]
    note = _note([day for day in known if day not in since], len(since) - len(days))
    return _drawn(results, item_id, [_path(points, ask, days) for ask in asks], days, note)


def _drawn(results: Results, item_id: str, paths: Sequence[_Path], days: Sequence[date], note: str) -> Trajectory:
    frame = _Frame(len(days), [path.short for path in paths])
    message = _message(paths, days)
    return Trajectory(
        width=_WIDTH,
        height=frame.height,
        columns=_columns(results, item_id, days, frame),
        lanes=tuple(_lane(path, place, frame) for place, path in enumerate(paths)),
        table=tuple((path.short, path.cells) for path in paths),
        message=message,
        picture=_picture(paths, days, message),
        note=note,
        stale=any("*" in cell for path in paths for cell in path.cells),
    )


_Key = tuple[str, str, date]


def _key(point: Point) -> _Key:
    return point["criterion_id"], point["reading"], point["day"]


def _path(points: Mapping[_Key, Point], ask: Criterion, days: Sequence[date]) -> _Path:
    shown, said = (
        tuple(_stand(points.get((ask["criterion_id"], reading, day))) for day in days)
        for reading in ("verified", "claimed")
    )
    return _Path(short(ask["criterion_id"]), shown, said)


def _stand(point: Point | None) -> _Stand | None:
    return _Stand(point["rung"], point["stale"]) if point else None


class _Frame:
    """Where blocks, lanes and columns stand."""

    def __init__(self, days: int, names: Sequence[str]) -> None:
        self.name = min(max(map(len, names), default=0), _LONG) * _LETTER
        fitting = [count for count in range(_BLOCKS, 1, -1) if (_wide(count) - self.name) / days >= _NARROW]
        blocks = next((count for count in fitting if len(names) > _FEW * (count - 1)), 1)
        self.deep = -(-len(names) // blocks)
        self.column = min(_WIDE, (_wide(blocks) - self.name) / days)
        self.lefts = tuple(place * (_wide(blocks) + _APART) for place in range(blocks))
        self.height = _HEAD + self.deep * _LANE + 1

    def left(self, place: int) -> float:
        """Where the lane of a place begins."""
        return self.lefts[place // self.deep]

    def base(self, place: int) -> float:
        """The height of rung 0 in the lane of a place."""
        return _HEAD + (place % self.deep + 1) * _LANE - _SINK


def _wide(blocks: int) -> float:
    """How wide each of so many blocks is, side by side."""
    return (_WIDTH - (blocks - 1) * _APART) / blocks


def _columns(results: Results, item_id: str, days: Sequence[date], frame: _Frame) -> tuple[DayColumn, ...]:
    named = {row["day"]: row["label"] for row in reversed(reference_days(results, item_id))}
    return tuple(
        DayColumn(
            day=_abridged(day),
            year=str(day.year),
            words=printed_day(day),
            label=named.get(day, "the day of this card"),
            starts=tuple(round(left + frame.name + place * frame.column, 2) for left in frame.lefts),
        )
        for place, day in enumerate(days)
    )


def _abridged(day: date) -> str:
    """`22 Jul`."""
    return f"{day.day} {printed_day(day).split()[1][:3]}"


def _lane(path: _Path, place: int, frame: _Frame) -> Lane:
    left, base = frame.left(place), frame.base(place)
    start = left + frame.name
    return Lane(
        short=clip(path.short, _LONG),
        x=left,
        end=round(start + len(path.shown) * frame.column, 2),
        base=base,
        met=base - _MET * _RUNG,
        solid=_line(path.shown, start, base, frame.column),
        dashed=_line(path.said, start, base, frame.column),
        digits=(
            *_digits(path.shown, start + _DIGIT, base, frame.column, strong=True),
            *_digits(path.apart, start + _BESIDE, base, frame.column, strong=False),
        ),
    )


def _line(stands: Sequence[_Stand | None], start: float, base: float, column: float) -> str:
    """A line of steps as an SVG path, broken where nothing is known."""
    parts, drawn = [], False
    for place, stand in enumerate(stands):
        if stand is not None:
            y = base - stand.counts * _RUNG
            begins = f"V{y:.2f}" if drawn else f"M{start + place * column:.2f} {y:.2f}"
            parts.append(f"{begins}H{start + (place + 1) * column:.2f}")
        drawn = stand is not None
    return "".join(parts)


def _digits(stands: Sequence[_Stand | None], x: float, base: float, column: float, *, strong: bool) -> Iterator[Digit]:
    """A number where a line begins or changes."""
    for place, (before, stand) in enumerate(pairwise((None, *stands))):
        if stand is not None and stand != before:
            yield Digit(round(x + place * column, 2), round(base - stand.counts * _RUNG, 2), stand.text, strong)


def _message(paths: Sequence[_Path], days: Sequence[date]) -> str:
    """What moved between the first and the last day, in numbers."""
    shown = [_counted(path.shown) for path in paths]
    higher = sum(max(row) > max(row[0], row[-1]) for row in shown)
    among = f" of {count(len(paths), 'ask')}"
    between = f", {higher} stood higher between" if higher else ""
    return (
        f"{printed_day(days[0])} to {printed_day(days[-1])}: by the evidence {_ends(shown, among)}{between}; "
        f"taken at its word {_ends([_counted(path.said) for path in paths])}."
    )


def _counted(row: Sequence[_Stand | None]) -> list[int]:
    return [stand.counts if stand else 0 for stand in row]


def _ends(rows: Sequence[Sequence[int]], among: str = "") -> str:
    """`7 of 12 asks rose, 1 came to a finding against it, none fell`: from the first day to the last."""
    up, down = sum(row[-1] > max(row[0], _AGAINST) for row in rows), sum(row[-1] < row[0] for row in rows)
    found = sum(row[0] < row[-1] == _AGAINST for row in rows)
    against = f", {found} came to a finding against {'it' if found == 1 else 'them'}" if found else ""
    return f"{up or 'none'}{among} rose{against}, {down or 'none'} fell"


def _picture(paths: Sequence[_Path], days: Sequence[date], message: str) -> str:
    """The picture in words: what moved when, and every number."""
    moves = "; ".join(move for path in paths for move in _moves(path, days)) or "nothing"
    numbers = "; ".join(f"{path.short} {', '.join(path.cells)}" for path in paths)
    return (
        f"Trajectory of {count(len(paths), 'ask')}. {message} Moved by the evidence: {moves}. "
        f"Rungs shown/said on {listed([printed_day(day) for day in days])}: {numbers}."
    )


def _moves(path: _Path, days: Sequence[date]) -> list[str]:
    """`V.b-policy 0 to 4 between 22 July 2011 and 27 March 2012`, for every step that the evidence shows."""
    both = zip(pairwise(path.shown), pairwise(days), strict=True)
    return [
        f"{path.short} {before.text} to {then.text} between {printed_day(day)} and {printed_day(later)}"
        for (before, then), (day, later) in both
        if before and then and before != then
    ]


def _note(unasked: Sequence[date], earlier: int) -> str:
    """The days that are left out, and why."""
    parts = (
        [f"Left out, since this had not been asked yet: {listed([printed_day(day) for day in unasked])}."]
        if unasked
        else []
    )
    if earlier:
        parts.append(f"{count(earlier, 'earlier day')} not drawn; the data of this card have them.")
    return " ".join(parts)
