"""Standouts: of very many items those that a reader should see first, and the others as counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from scaudit.scorecard.groups import MANY
from scaudit.scorecard.summaries import Breakdown, Named, Standouts
from scaudit.scorecard.tallies import STATUSES, Told, counts, days, gap, met, own, unmet
from scaudit.scorecard.wording import DONE, count, inner, listed, printed_day, short

SHOWN, SHOWN_OF_FEW = 12, 5
"""Items that a list names: what half a page has room for, or less where every item has a line. The table has all."""
GROUPS = 15
"""Groups that a table has a line for."""
_WIDE = 3  # steps from which on a gap is called wide
_ALL_DONE = "No item is left that is not verified in full."
_NEVER = "9999"  # sorts after every day


def headline(told: Told) -> tuple[tuple[str, str], ...]:
    """Numbers and what each counts."""
    found = told["counts"]
    required = f"of {found['required']:,}"
    return (
        (f"{found['verified']:,} of {found['asked']:,}", "items verified in full"),
        (f"{found['met']:,} {required}", "required asks met, by the evidence"),
        (f"{found['said']:,} {required}", "said to be done, taken at its word"),
        (f"{found['unknown']:,} {required}", "unknown: nothing for it found, nothing of weight against it"),
    )


def gaps(told: Told) -> Standouts:
    """Items by what is said to be done and not shown, then by how far the word goes, then by age."""
    found = [item for item in _asked(told) if any(gap(ask) for ask in _required(item, told))]
    ordered = sorted(found, key=lambda item: (-_only_said(item, told), -gap(_widest(item, told)), *_by_age(item)))
    return Standouts(
        _gap_said(told, len(found)), tuple(_gap(item, told) for item in ordered[: _shown(told)]), _more(found, told)
    )


def oldest(told: Told) -> Standouts:
    """Items that are not verified in full, the oldest first."""
    found = [item for item in _asked(told) if unmet(item)]
    ordered = sorted(found, key=_by_age)
    bands = listed([f"{one['items']:,} for {one['age']}" for one in told["counts"]["unmet_for"]])
    dated = f": {bands}" if bands else ""
    are = "is" if len(found) == 1 else "are"
    said = f"{count_of(len(found), 'item')} {are} not verified in full{dated}." if found else _ALL_DONE
    return Standouts(said, tuple(_old(item, told) for item in ordered[: _shown(told)]), _more(found, told))


def moved(told: Told) -> Standouts | None:
    """Items whose status is another one than on the last named day; None where no day was named before."""
    if not told["since"]:
        return None
    found = [item for item in _asked(told) if "verified" in item["before"]]
    ordered = sorted(found, key=lambda item: (-abs(_steps(item)), _steps(item), *_by_age(item)))
    return Standouts(_moved_said(told), tuple(_move(item) for item in ordered[: _shown(told)]), _more(found, told))


def breakdowns(told: Told) -> tuple[Breakdown, ...]:
    """The items by body and by programme, as far as the group is of another sort and there is more than one."""
    by = told["group"]["by"]
    sorts = [("body", "By accountable body", "Body", lambda item: item["of"], lambda key: told["bodies"][key])]
    if all("programme" in item for item in told["items"]):
        sorts.append(("programme", "By programme", "Programme", lambda item: [item["programme"]], str))
    made = (_breakdown(told, *one) for one in sorts if one[0] != by)
    return tuple(one for one in made if one is not None)


def first_sentences(told: Told) -> tuple[str, ...]:
    """What a reader of one page should take along: the gap, the oldest, what moved, what is unknown."""
    counted, parts = told["counts"], []
    wide = sum(one["asks"] for one in counted["gaps"] if one["rungs"] >= _WIDE)
    total = sum(one["asks"] for one in counted["gaps"])
    if total:
        far = f"; on {wide:,} by three steps or more" if wide else ""
        parts.append(
            f"Word goes further than evidence on {total:,} of {count_of(counted['required'], 'required ask')}{far}."
        )
    waiting = sorted((item for item in _asked(told) if unmet(item) and item["issued_on"]), key=_by_age)
    if waiting:
        first = waiting[0]
        parts.append(
            f"Longest open is {first['id']}: asked on {_printed(first['issued_on'])}, {days(first, told):,} days "
            "before this day, and not verified in full."
        )
    if counted["moved"]:
        parts.append(_moved_short(told))
    return tuple(parts)


def count_of(number: int, singular: str) -> str:
    """`12,277 items`: a count of what may be very many."""
    return f"{number:,}{count(number, singular).removeprefix(str(number))}"


def _asked(told: Told) -> list[Told]:
    return [item for item in told["items"] if not item["not_yet_asked"]]


def _required(item: Told, told: Told) -> list[Told]:
    return [ask for ask in own(item, told) if ask["required"]]


def _only_said(item: Told, told: Told) -> int:
    """How many required asks are said to be done and not shown."""
    return sum(ask["counts_as"]["claimed"] >= DONE and not met(ask) for ask in _required(item, told))


def _widest(item: Told, told: Told) -> Told:
    return max(_required(item, told), key=lambda ask: (gap(ask), ask["counts_as"]["claimed"]))


def _by_age(item: Told) -> tuple[str, str]:
    return item["issued_on"] or _NEVER, item["id"]


def _gap_said(told: Told, items: int) -> str:
    counted = told["counts"]
    total = sum(one["asks"] for one in counted["gaps"])
    if not total:
        return "On no required ask does the word go further than the evidence."
    by = listed([f"{one['asks']:,} by {count(one['rungs'], 'step')}" for one in counted["gaps"]])
    asks = count_of(counted["required"], "required ask")
    return f"The word goes further than the evidence on {total:,} of {asks}, of {count_of(items, 'item')}: on {by}."


def _gap(item: Told, told: Told) -> Named:
    ask, whole = _widest(item, told), _required(item, told)
    words = ask["words"]
    return _named(
        item,
        f"{_only_said(item, told)} of {len(whole)}",
        f"{short(ask['id'])}: {inner(words['claimed'])}; evidence shows {inner(words['verified'])}",
    )


def _old(item: Told, told: Told) -> Named:
    found = days(item, told)
    since = ("not known", "") if found is None else (_printed(item["issued_on"]), f"{found:,}")
    return _named(item, *since, item["words"]["verified"], item["words"]["claimed"])


def _move(item: Told) -> Named:
    way = "up" if _steps(item) > 0 else "down"
    return _named(item, item["before"]["verified"]["words"], item["words"]["verified"], way)


def _steps(item: Told) -> int:
    """Steps in the order of statuses, up or down."""
    then, now = (
        STATUSES.index(status) for status in (item["before"]["verified"]["status"], item["status"]["verified"])
    )
    return then - now


def _moved_said(told: Told) -> str:
    found = told["counts"]["moved"]
    since = f"{found['asked_since']:,} of the items were asked since. " if found["asked_since"] else ""
    rose, fell = _rose(found), _number(found["asks_down"])
    items = count_of(found["items"], "item")
    said = f"{found['items_said']:,} if taken at the word"
    return f"{since}By the evidence, {rose} rose and {fell} fell; {items} changed status by the evidence, {said}."


def _moved_short(told: Told) -> str:
    found = told["counts"]["moved"]
    day = _printed(told["since"]["day"])
    if not (found["asks_up"] or found["asks_down"]):
        return f"By the evidence, no required ask has moved since {day}."
    rose, fell = _rose(found), _number(found["asks_down"])
    return f"Since {day}, by the evidence, {rose} rose and {fell} fell."


def _rose(found: Told) -> str:
    return count_of(found["asks_up"], "required ask") if found["asks_up"] else "no required ask"


def _number(many: int) -> str:
    return f"{many:,}" if many else "none"


def _named(item: Told, *cells: str) -> Named:
    return Named(item["id"], item["title"], item["accountable"], cells)


def _shown(told: Told) -> int:
    return SHOWN if len(told["items"]) > MANY else SHOWN_OF_FEW


def _more(found: Sequence[Told], told: Told) -> str:
    left = len(found) - _shown(told)
    return f"{left:,} more {'is' if left == 1 else 'are'} in statuses.csv, which the PDF carries." if left > 0 else ""


def _printed(text: str) -> str:
    return printed_day(date.fromisoformat(text))


def _breakdown(
    told: Told,
    by: str,
    title: str,
    head: str,
    keys: Callable[[Told], Iterable[str]],
    name: Callable[[str], str],
) -> Breakdown | None:
    found: dict[str, list[Told]] = {}
    for item in told["items"]:
        for key in keys(item):
            found.setdefault(key, []).append(item)
    if len(found) < 2:  # noqa: PLR2004 (one group is the whole)
        return None
    ordered = sorted(found, key=lambda key: (-len(found[key]), name(key), key))
    rows = tuple(_row(told, by, key, name(key), found[key]) for key in ordered[:GROUPS])
    left = len(found) - GROUPS
    return Breakdown(title, head, rows, f"{left:,} more have fewer items." if left > 0 else "")


def _row(told: Told, by: str, key: str, name: str, items: Sequence[Told]) -> tuple[str, ...]:
    """A group in a line; of a body, within a page that is of no body, only its own asks are counted."""
    part: Mapping[str, object] = {**told, "group": {"by": by, "id": key}} if by == "body" else told
    found = counts(items, part)
    waiting = [since for item in items if unmet(item) and (since := days(item, told)) is not None]
    numbers = (found["items"], found["verified"], found["required"], found["met"], found["said"], found["unknown"])
    return name, *(f"{one:,}" for one in numbers), f"{max(waiting):,}" if waiting else "none"
