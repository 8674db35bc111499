"""Before and after: what the numbers say of a named day, in a sentence that promises no more than they bear.

The sentence is made from the numbers alone. A change is laid to a day only where chance does not give it, hardly any
other day shows as much, and the series itself, asked without a day, breaks nowhere else.
"""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from math import isfinite

from scaudit.figures import Event, Figure, Measured, Split
from scaudit.scorecard.numerals import hidden, month, number, percent, period, plain, unit
from scaudit.scorecard.wording import count, printed_day

_BY_CHANCE = 0.05  # what chance may give
_FEW_DAYS = 10  # with fewer other days to compare with, that none shows as much tells nothing
_NEAR = 92  # days within which a break that the series shows is at the named day


class Verdict(Enum):
    """What an event amounts to."""

    CLEAR = "clear"
    UNCLEAR = "not distinguishable"
    TOO_LITTLE = "too little data"


class Scale(Enum):
    """On what the difference of an event is measured: points of a share, parts of the level before, or the unit."""

    SHARE = "share"
    FACTOR = "factor"
    UNIT = "unit"


def scale(measured: Measured, figures: Sequence[Figure], event: Event) -> Scale:
    """How the engine measures this event: counts as factors unless one of them is nought, shares in points."""
    if measured["kind"] == "share":
        return Scale.SHARE
    mine = (row for row in figures if row["grp"] == event["grp"] and row["in_force"] and not hidden(row))
    return Scale.FACTOR if measured["kind"] == "count" and all(row["value"] for row in mine) else Scale.UNIT


def verdict(event: Event, on: Scale) -> Verdict:
    """Whether a change at the day can be told from chance, from other days, and from a break elsewhere."""
    if not _enough(event, on):
        return Verdict.TOO_LITTLE
    clear = _beyond_chance(event) and _hardly_any_other(event) and not _elsewhere(event)
    return Verdict.CLEAR if clear else Verdict.UNCLEAR


def event_words(measured: Measured, event: Event, on: Scale) -> str:
    """The event in one or two sentences: difference, other days, the series' own break, and what follows."""
    group = f"{event['grp']}: " if event["grp"] else ""
    day = f"{printed_day(event['day'])}{' (' + event['label'] + ')' if event['label'] else ''}"
    if verdict(event, on) is Verdict.TOO_LITTLE:
        return f"{group}Too little data to tell what changed after {day}{_too_little(measured, event, on)}."
    size = f"{_sized(measured, event['difference'], on)} {_direction(event['difference'])}"
    return (
        f"{group}After {day} it was {size} than level and trend before would give ({_interval(event, on)}; "
        f"{_sides(measured, event, on)}); {_others(event)}, and {_own_break(event)}: so {_follows(event)}."
        f"{_seen(measured, event, on)}"
    )


def short_event(measured: Measured, event: Event, on: Scale) -> str:
    """The event in a clause, for the body of a card."""
    day = printed_day(event["day"])
    result = verdict(event, on)
    if result is Verdict.TOO_LITTLE:
        return f"too little data to tell what changed after {day}"
    if result is Verdict.UNCLEAR:
        return f"no change that can be laid to {day}"
    size = f"{_sized(measured, event['difference'], on)} {_direction(event['difference'])}"
    return f"{size} after {day} ({_interval(event, on).removeprefix('95 percent ')})"


def split_words(measured: Measured, split: Split, figures: Sequence[Figure]) -> str:
    """How much of a change is change of records, and how much of definition, from the first period to the last."""
    of = f" {'points' if measured['kind'] == 'share' else unit(measured)}"
    total, records, definition = (
        _signed(measured, part) for part in (split["total"], split["by_records"], split["by_definition"])
    )
    group = f"{split['grp']}: " if split["grp"] else ""
    mine = {row["period_from"]: row["period_to"] for row in figures if row["grp"] == split["grp"]}
    begins, ends = (
        f"{period(first, mine.get(first, first), measured['period'])} ({version})"
        for first, version in (
            (split["period_from"], split["version_from"]),
            (split["period_to"], split["version_to"]),
        )
    )
    return (
        f"{group}Of the change of {total}{of} from {begins} to {ends}, {records} are other records and {definition} "
        "another definition."
    )


def others(event: Event) -> int:
    """How many other days give as large a difference: the rank of the day itself is 1 where none does."""
    return max(event["placebo_rank"] - 1, 0)


def _enough(event: Event, on: Scale) -> bool:
    """Whether the data could have shown a change at all: one to nothing or to all, or twice or half as much."""
    numbers = (event["before"], event["after"], event["difference"], event["low"], event["high"], event["detectable"])
    if not all(isfinite(each) for each in numbers) or not event["n_before"] or not event["n_after"]:
        return False
    most = {Scale.SHARE: max(event["before"], 1 - event["before"]), Scale.FACTOR: 1.0, Scale.UNIT: abs(event["before"])}
    return _beyond_chance(event) or event["detectable"] < most[on]


def _beyond_chance(event: Event) -> bool:
    return (event["low"] > 0 or event["high"] < 0) and event["p_value"] < _BY_CHANCE


def _hardly_any_other(event: Event) -> bool:
    return event["placebo_days"] >= _FEW_DAYS and others(event) <= _BY_CHANCE * event["placebo_days"]


def broken_on(event: Event) -> date | None:
    """Where the series breaks, asked without a day; None where it shows no break that chance would not give."""
    found = event["change_p"] is not None and event["change_p"] < _BY_CHANCE
    return event["changed_on"] if found else None


def _elsewhere(event: Event) -> bool:
    broken = broken_on(event)
    return broken is not None and abs((broken - event["day"]).days) > _NEAR


def _sized(measured: Measured, value: float, on: Scale) -> str:
    """The size of a difference, without its direction: `12.0 percent`, `4.1 points`, `3.5 days`."""
    return f"{_size(value, on)} {_unit(measured, on)}"


def _size(value: float, on: Scale) -> str:
    return number(abs(value)) if on is Scale.UNIT else percent(abs(value))


def _unit(measured: Measured, on: Scale) -> str:
    return {Scale.SHARE: "points", Scale.FACTOR: "percent", Scale.UNIT: unit(measured)}[on]


def _direction(value: float) -> str:
    return "lower" if value < 0 else "higher"


def _interval(event: Event, on: Scale) -> str:
    """`95 percent interval 4.0 to 20.1 lower`, or both directions where it spans nought."""
    low, high = event["low"], event["high"]
    if low * high > 0:
        near, far = sorted((low, high), key=abs)
        return f"95 percent interval {_size(near, on)} to {_size(far, on)} {_direction(low)}"
    return f"95 percent interval from {_size(low, on)} lower to {_size(high, on)} higher"


def _sides(measured: Measured, event: Event, on: Scale) -> str:
    """The means of both sides, and how much stands behind them: records, or months of what is no count."""
    behind = "{:,} months" if on is Scale.UNIT else "N {:,}"
    before = f"before {plain(measured, event['before'])}, {behind.format(event['n_before'])}"
    return f"mean {before}; after {plain(measured, event['after'])}, {behind.format(event['n_after'])}"


def _others(event: Event) -> str:
    days, alike = event["placebo_days"], others(event)
    if days < _FEW_DAYS:
        return f"only {count(days, 'other day')} could be tried" if days else "no other day could be tried"
    return f"{alike or 'none'} of {count(days, 'other day')} {'give' if alike > 1 else 'gives'} as large a difference"


def _own_break(event: Event) -> str:
    """Where the series would put a change, asked without a day."""
    broken = broken_on(event)
    if broken is None:
        return "asked without a day the series shows no break that chance would not give"
    return f"the series itself would {'' if _elsewhere(event) else 'also '}put the change in {month(broken)}"


def _follows(event: Event) -> str:
    kind = "fall" if event["difference"] < 0 else "rise"
    if not _beyond_chance(event):
        return "no change at this day can be told from chance"
    if not _hardly_any_other(event) or _elsewhere(event):
        return f"the {kind} cannot be laid to this day"
    if broken_on(event) is None:
        return f"a {kind} at this day is more than chance gives; why, the numbers do not say"
    return f"the {kind} begins at this day; why, the numbers do not say"


def _seen(measured: Measured, event: Event, on: Scale) -> str:
    return f" The smallest change that could have been seen is {_least(measured, event, on)}."


def _least(measured: Measured, event: Event, on: Scale) -> str:
    """The smallest change; of a factor the same one upwards and downwards: twice as much, or half."""
    value = event["detectable"]
    if on is Scale.FACTOR:
        return f"a rise of {percent(value)} or a fall of {percent(value / (1 + value))} percent"
    return _sized(measured, value, on)


def _too_little(measured: Measured, event: Event, on: Scale) -> str:
    """Why there is too little, where a number can say it."""
    if not isfinite(event["detectable"]) or not event["n_before"] or not event["n_after"]:
        return ""
    return f": only {_least(measured, event, on)} or more could have been seen; {_sides(measured, event, on)}"


def _signed(measured: Measured, value: float) -> str:
    """`-12`, `+3.4`: a change with its sign."""
    size = number(round(100 * abs(value), 1)) if measured["kind"] == "share" else number(abs(value))
    return size if size == "0" else f"{'-' if value < 0 else '+'}{size}"
