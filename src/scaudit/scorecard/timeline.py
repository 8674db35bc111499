"""Where the records stand in time and strength: geometry of the timeline, in points."""

import string
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from scaudit.results import Results
from scaudit.rows import ReadingDay, Record
from scaudit.scorecard.letters import PLAIN, Letters
from scaudit.scorecard.shapes import DayLine, Mark, NamedDay, Tick, Timeline
from scaudit.scorecard.wording import count, printed_day, word

_WIDTH, _LEFT, _RIGHT = 494.0, 66.0, 484.0
_BAND = 13.0  # height of a lane that has a cited record, and the least height of a grade
_LANE, _LANES = 7.0, 6  # height of any other lane, and how many lanes a grade may have
_REACH, _REACH_CITED = 3.2, 6.8  # half the width of a mark with its air
_EMPTY = 11.0  # height of a grade without marks
_MOVED = 3.0  # a mark may stand so far from its day before a lane is opened
_YEARS = 14.0  # room for the years below the axis
_GAP = 2.0  # between the axis and the first grade
_LETTER = 9.0  # width of a reference day's letter with its air
_HEAD = 22.0  # room for the letters above the first grade
_SIDES = (("supports", "circle"), ("partly", "diamond"), ("contradicts", "square"))
_SHAPES = dict(_SIDES)
_ALPHABET = string.ascii_uppercase
_EVERY = ((14, 1), (28, 2))  # up to so many years on the axis every one, every second year is named
_MOST = 300  # records that the picture can bear; of more the cited ones and the strongest are drawn
_QUARTERS = 2  # up to so many years the quarters are named


class _Scale:
    """From a day to a place on the axis."""

    def __init__(self, days: Sequence[date]) -> None:
        first, last = min(days), max(days)
        spare = max(30, (last - first).days // 40)
        self.first, self.last = first.toordinal() - spare, last.toordinal() + spare

    def x(self, day: date) -> float:
        share: float = (day.toordinal() - self.first) / (self.last - self.first)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)


def timeline(results: Results, item_id: str, numbers: Mapping[str, int], annexes: Letters = PLAIN) -> Timeline | None:
    """The dated records of an item over time, stronger ones further from the axis; None where there are none.

    `numbers` are the citation numbers of records on the card, `annexes` the letters of its annexes.
    """
    # what is for a claim may be against an ask: claims have no place in one picture with asks
    asks = {ask["criterion_id"] for ask in results.asks(item_id)}
    shown = [row for row in results.item_records(item_id) if row["criterion_id"] in asks and _drawable(row)]
    if not shown:
        return None
    named = reference_days(results, item_id)
    days = [row["day"] for row in named]
    scale = _Scale([*days, *(day for row in shown for day in (row["event_from"], row["event_to"]) if day)])
    drawn = _drawn(shown, numbers)
    above = _Side([row for row in drawn if row["stance"] != "contradicts"], scale, numbers)
    below = _Side([row for row in drawn if row["stance"] == "contradicts"], scale, numbers)
    axis = _HEAD + above.height
    return Timeline(
        width=_WIDTH,
        height=axis + _YEARS + below.height,
        axis=axis,
        left=_LEFT,
        grades=(
            *(Tick(_LEFT, axis - middle, f"for, grade {grade}") for grade, middle, _ in above.bands),
            *(Tick(_LEFT, axis + _YEARS + middle, f"against, grade {grade}") for grade, middle, _ in below.bands),
        ),
        edges=(
            *(axis - edge for _, _, edge in above.bands),
            *(axis + _YEARS + edge for _, _, edge in below.bands),
        ),
        ticks=_ticks(scale, axis),
        days=_letters(scale, days),
        marks=(
            *(_mark(row, scale, x, axis - away, numbers) for row, x, away in above.placed),
            *(_mark(row, scale, x, axis + _YEARS + away, numbers) for row, x, away in below.placed),
        ),
        named=tuple(NamedDay(letter(place), printed_day(row["day"]), row["label"]) for place, row in enumerate(named)),
        table=_table(results, shown),
        picture=_picture(shown, annexes.pictures),
        note=_note(results, item_id, shown, drawn, annexes.records),
    )


def reference_days(results: Results, item_id: str | None = None) -> list[ReadingDay]:
    """The run's reading days by date, with the item's own day of issue where that is another day."""
    days = list(results.reading_days)
    issued = results.item(item_id)["issued_on"] if item_id else None
    if issued and issued not in [row["day"] for row in days]:
        days.append({"day_id": "", "day": issued, "label": "This was asked"})
    return sorted(days, key=lambda row: (row["day"], row["day_id"]))


def _drawn(shown: Sequence[Record], numbers: Mapping[str, int]) -> list[Record]:
    """The records that there is room for."""
    return sorted(shown, key=lambda row: (row["evidence_id"] not in numbers, -row["grade"], row["evidence_id"]))[:_MOST]


def _drawable(record: Record) -> bool:
    return bool(record["grade"] and record["event_to"] and record["stance"] in _SHAPES and not record["printed_with"])


def letter(place: int) -> str:
    """The letter of a reference day by its place among them."""
    return _ALPHABET[place] if place < len(_ALPHABET) else str(place + 1)


def _letters(scale: _Scale, days: Sequence[date]) -> tuple[DayLine, ...]:
    """Lines of the reference days; letters that would touch are moved apart, half to each side.

    Each letter takes the mean place of its crowd; crowds that meet become one.
    """
    crowds: list[list[float]] = []
    for day in days:
        crowds.append([scale.x(day)])
        while len(crowds) > 1 and _start(crowds[-1]) - _end(crowds[-2]) < _LETTER:
            crowds[-2:] = [crowds[-2] + crowds[-1]]
    places = [_start(crowd) + step * _LETTER for crowd in crowds for step in range(len(crowd))]
    return tuple(
        DayLine(scale.x(day), round(at, 2), letter(place))
        for place, (day, at) in enumerate(zip(days, places, strict=True))
    )


def _start(crowd: Sequence[float]) -> float:
    """Where the first letter of a crowd stands, so that the crowd is centred on its days and inside the picture."""
    wide = (len(crowd) - 1) * _LETTER
    return min(sum(crowd) / len(crowd) - wide / 2, _WIDTH - 4 - wide)


def _end(crowd: Sequence[float]) -> float:
    return _start(crowd) + (len(crowd) - 1) * _LETTER


def _ticks(scale: _Scale, axis: float) -> tuple[Tick, ...]:
    """Years; every second or fifth where there are many, quarters where there are few."""
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    years = last.year - first.year + 1
    if years <= _QUARTERS:
        days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
        labels = [f"{printed_day(day).split()[1][:3]} {day.year}" for day in days]
    else:
        every = next((step for most, step in _EVERY if years <= most), 5)
        days = [date(year, 1, 1) for year in range(first.year, last.year + 1) if year % every == 0]
        labels = [str(day.year) for day in days]
    return tuple(
        Tick(scale.x(day), axis + 10, label)
        for day, label in zip(days, labels, strict=True)
        if first <= day and scale.x(day) < _RIGHT - 20
    )


class _Side:
    """One side of the axis: a band for each grade, and in it as many lanes as its marks need to stand on their day.

    `placed` has each record with its x and its distance from the axis; `bands` the grade, its middle and outer edge.
    """

    def __init__(self, records: Sequence[Record], scale: _Scale, numbers: Mapping[str, int]) -> None:
        self.placed: list[tuple[Record, float, float]] = []
        self.bands: list[tuple[int, float, float]] = []
        self.height = _GAP
        for grade in range(1, max((row["grade"] for row in records), default=1) + 1):
            inner = self.height
            for lane in _lanes([row for row in records if row["grade"] == grade], scale, numbers):
                cited = any(row["evidence_id"] in numbers for row, _, _ in lane)
                deep = _BAND if cited else _LANE
                self.placed += [(row, x, self.height + deep / 2) for row, x, _ in lane]
                self.height += deep
            least = _BAND if self.height > inner else _EMPTY
            self.height = max(self.height, inner + least) + 1
            self.bands.append((grade, (inner + self.height) / 2, self.height))


_Lane = list[tuple[Record, float, float]]  # a record, its x, and how far it reaches to each side


def _lanes(records: Sequence[Record], scale: _Scale, numbers: Mapping[str, int]) -> list[_Lane]:
    """Marks of one grade: cited ones first, each on its day; only where all lanes are full is it moved sideways."""
    lanes: list[_Lane] = []
    for row in _drawn_once(records, numbers):
        reach = _REACH_CITED if row["evidence_id"] in numbers else _REACH
        wanted = scale.x(row["event_to"] or date.min)
        found = [(abs(_free(wanted, reach, lane) - wanted), place) for place, lane in enumerate(lanes)]
        near = next((place for moved, place in found if moved <= _MOVED), None)
        if near is None and len(lanes) < _LANES:
            lanes.append([])
            near = len(lanes) - 1
        lane = lanes[min(found)[1] if near is None else near]
        lane.append((row, _free(wanted, reach, lane), reach))
    return lanes


def _drawn_once(records: Sequence[Record], numbers: Mapping[str, int]) -> list[Record]:
    """Cited records first; a finding that is cited for several asks under one number is one mark."""
    found: dict[object, Record] = {}
    for row in sorted(records, key=lambda row: (row["evidence_id"] not in numbers, row["evidence_id"])):
        number = numbers.get(row["evidence_id"], row["evidence_id"])
        found.setdefault((number, row["stance"], row["event_to"], row["disposition"]), row)
    return list(found.values())


def _mark(row: Record, scale: _Scale, x: float, y: float, numbers: Mapping[str, int]) -> Mark:
    start = scale.x(row["event_from"]) if row["event_from"] else x
    number = str(numbers.get(row["evidence_id"], ""))
    return Mark(x, round(y, 2), min(start, x), _SHAPES[row["stance"]], row["disposition"] == "counted", number)


def _free(wanted: float, reach: float, lane: _Lane) -> float:
    """The nearest free place in a lane to the one that is wanted."""
    places = [wanted, *(end + way * (other + reach) for _, end, other in lane for way in (1, -1))]
    free = [
        place
        for place in places
        if _LEFT + 4 <= place <= _RIGHT + 6 and all(abs(place - end) >= reach + other - 0.02 for _, end, other in lane)
    ]
    nearest: float = min(free, key=lambda place: (abs(place - wanted), place), default=wanted)
    return round(nearest, 2)


def _table(results: Results, shown: Sequence[Record]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Counted records by direction (rows) and grade 1 to 5 (columns)."""
    found = Counter((row["stance"], row["grade"]) for row in shown if row["disposition"] == "counted")
    return tuple(
        (word(results.words, "stances", stance), tuple(found[stance, grade] for grade in range(1, 6)))
        for stance, _ in _SIDES
    )


def _picture(shown: Sequence[Record], annex: str) -> str:
    """The picture in words, for those who do not see it."""
    counted = Counter(row["stance"] for row in shown if row["disposition"] == "counted")
    ends = [row["event_to"] for row in shown if row["event_to"]]
    return (
        f"Timeline of {count(len(shown), 'record')} from {min(ends).year} to {max(ends).year}: "
        f"{counted['supports']} counted for, {counted['partly']} partly for, {counted['contradicts']} against; "
        f"{len(shown) - counted.total()} shown and not counted. Strongest counted for: {_best(shown, against=False)}; "
        f"against: {_best(shown, against=True)}. A table in annex {annex} has the numbers by grade."
    )


def _best(shown: Sequence[Record], *, against: bool) -> str:
    found = [
        row["grade"] for row in shown if row["disposition"] == "counted" and (row["stance"] == "contradicts") == against
    ]
    return f"grade {max(found)}" if found else "none"


def _note(results: Results, item_id: str, shown: Sequence[Record], drawn: Sequence[Record], annex: str) -> str:
    """Records that the picture leaves out are named by number."""
    printed = sum(not row["printed_with"] for row in results.item_records(item_id))
    left, crowded = printed - len(shown), len(shown) - len(drawn)
    kinds = [f"{count(left, 'record')} of context, undated or held back"] if left else []
    kinds += [f"{count(crowded, 'record')} for which there is no room"] if crowded else []
    return f"Not drawn, but in annex {annex}: {' and '.join(kinds)}." if kinds else ""
