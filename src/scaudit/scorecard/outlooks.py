"""What each viewpoint's records alone would bear: every item by viewpoint, and where two viewpoints stand far apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from scaudit.results import Results
from scaudit.rows import Criterion, Item, Seen, Viewpoint
from scaudit.scorecard.scrutiny import Contrast, Outlook, Outlooks, OutlookTable, Witness
from scaudit.scorecard.viewpoints import chunks, heard, ordered
from scaudit.scorecard.wording import DONE, UNDER_WAY, clip, count, counting, inner, listed, printed_date, short, word

_APART = 2  # rungs from which on two viewpoints are told apart
_FINDING = 120  # characters of a finding in the annex


@dataclass(frozen=True)
class _View:
    """An item in one viewpoint: the asks that its rungs rest on, weakest first, and the standings of its claims."""

    asks: Sequence[tuple[Criterion, Seen]]
    required: int
    spoken: int
    claims: Mapping[str, int]

    @property
    def weakest(self) -> int | None:
        return _counts(self.asks[0][1]) if self.asks else None


_Views = Mapping[tuple[str, str], _View]


def outlooks(results: Results) -> Outlooks:
    """All items by viewpoint, and the items on which two viewpoints stand two rungs or more apart."""
    views = {
        (item["item_id"], viewpoint_id): view
        for item in results.ordered_items
        for viewpoint_id, view in _views(results, item).items()
    }
    contrasts = tuple(found for item in results.ordered_items if (found := _contrast(results, item, views)))
    return Outlooks(
        said=_said(results, contrasts),
        tables=_tables(results, views),
        contrasts=contrasts,
        other=any(view.asks and not view.required for view in views.values()),
    )


def _said(results: Results, contrasts: Sequence[Contrast]) -> str:
    """On how many items viewpoints stand far apart; nothing where the project has no viewpoints."""
    if not results.viewpoints:
        return ""
    same = sum(bool(contrast.same) for contrast in contrasts)
    return (
        f"Two viewpoints, each by its own records alone, stand two rungs or more apart on the same ask on "
        f"{same or 'none'} of {count(len(results.items), 'item')}."
    )


def _views(results: Results, item: Item) -> dict[str, _View]:
    """The viewpoints that have a counted record on an item, by id."""
    asks = [(ask, row) for ask in results.asks(item["item_id"]) for row in heard(results, ask)]
    claims = [(claim, row) for claim in results.item_claims(item["item_id"]) for row in heard(results, claim)]
    return {
        viewpoint["viewpoint_id"]: _view(
            [(ask, row) for ask, row in asks if row["viewpoint_id"] == viewpoint["viewpoint_id"]],
            [row for _, row in claims if row["viewpoint_id"] == viewpoint["viewpoint_id"]],
        )
        for viewpoint in results.viewpoints
        if any(row["viewpoint_id"] == viewpoint["viewpoint_id"] for _, row in (*asks, *claims))
    }


def _view(asks: Sequence[tuple[Criterion, Seen]], claims: Sequence[Seen]) -> _View:
    """The required asks speak for an item; only where there is none of them, the others."""
    required = [pair for pair in asks if pair[0]["required"]]
    standings = Counter(row["standing"] or "unexamined" for row in claims)
    return _View(sorted(required or asks, key=_strength), len(required), len(asks), standings)


def _strength(pair: tuple[Criterion, Seen]) -> tuple[int, str]:
    ask, row = pair
    return _counts(row), ask["criterion_id"]


def _counts(row: Seen) -> int:
    return counting(row["rung"] or 0, stale=row["stale"])


def _tables(results: Results, views: _Views) -> tuple[OutlookTable, ...]:
    return tuple(_table(results, views, part) for part in chunks(ordered(results)))


def _table(results: Results, views: _Views, columns: Sequence[Viewpoint]) -> OutlookTable:
    rows = {
        item["item_id"]: tuple(
            _outlook(results, item, views.get((item["item_id"], column["viewpoint_id"]))) for column in columns
        )
        for item in results.ordered_items
    }
    return OutlookTable(
        heads=tuple(column["label"] for column in columns),
        rows=tuple((item_id, cells) for item_id, cells in rows.items() if any(cells)),
        silent=tuple(item_id for item_id, cells in rows.items() if not any(cells)),
    )


def _outlook(results: Results, item: Item, view: _View | None) -> Outlook | None:
    if view is None:
        return None
    low, high = (_brief(results, *view.asks[place]) if view.asks else "" for place in (0, -1))
    return Outlook(
        weakest=low,
        strongest=high.split(" ", 1)[0] if high != low else "",
        asks=_spoken(results, item, view),
        claims=_claims(results, view),
    )


def _spoken(results: Results, item: Item, view: _View) -> str:
    """`2 of 7 asks`: how many required asks it speaks to, and how many others."""
    others = view.spoken - view.required
    if not view.required:
        return f"{count(others, 'other ask')}" if others else ""
    whole = sum(ask["required"] for ask in results.asks(item["item_id"]))
    return f"{view.required} of {count(whole, 'ask')}" + (f", {others} other" if others else "")


def _claims(results: Results, view: _View) -> str:
    order = [*results.words.get("claims", {}), *sorted(set(view.claims).difference(results.words.get("claims", {})))]
    found = (f"{view.claims[key]} {inner(word(results.words, 'claims', key))}" for key in order if view.claims.get(key))
    return ", ".join(found)


def _brief(results: Results, ask: Criterion, row: Seen) -> str:
    """`3 Partly done`: a rung in as few words as a narrow column bears."""
    rung = row["rung"] or 0
    cases = (
        ("result_1", rung == 1 and ask["kind"] == "result"),
        ("closed_3", rung == UNDER_WAY and ask["closed"]),
    )
    special = next((name for name, holds in cases if holds), "")
    plain = word(results.words, "rungs_special", special) if special else word(results.words, "rungs_short", str(rung))
    stale = row["stale"] and rung >= DONE
    return f"{rung} {word(results.words, 'flags_short', 'stale') if stale else plain}"


def _contrast(results: Results, item: Item, views: _Views) -> Contrast | None:
    """The viewpoints of an item that stand far from another one: what each rests on, and which pairs do."""
    named = [
        (viewpoint["label"], view)
        for viewpoint in ordered(results)
        if (view := views.get((item["item_id"], viewpoint["viewpoint_id"]))) and view.asks
    ]
    pairs = [(one, other) for one, other in combinations(named, 2) if abs(_gap(one[1], other[1])) >= _APART]
    if not pairs:
        return None
    involved = [each for each in named if any(each in pair for pair in pairs)]
    return Contrast(
        item_id=item["item_id"],
        witnesses=tuple(_witness(results, label, view) for label, view in involved),
        same=tuple(_pair(pair) for pair in pairs if _shared(pair)),
        different=tuple(_pair(pair) for pair in pairs if not _shared(pair)),
    )


def _gap(one: _View, other: _View) -> int:
    return (one.weakest or 0) - (other.weakest or 0)


_Pair = tuple[tuple[str, _View], tuple[str, _View]]


def _pair(pair: _Pair) -> str:
    """`Agencies 2, Auditors 4`."""
    return ", ".join(f"{label} {view.weakest}" for label, view in pair)


def _shared(pair: _Pair) -> bool:
    """Whether the two rungs rest on the same ask."""
    one, other = ({ask["criterion_id"] for ask, _ in _lowest(view)} for _, view in pair)
    return not one.isdisjoint(other)


def _lowest(view: _View) -> list[tuple[Criterion, Seen]]:
    """The asks on which the weakest rung of a view rests."""
    return [pair for pair in view.asks if _counts(pair[1]) == view.weakest]


def _witness(results: Results, label: str, view: _View) -> Witness:
    lowest = _lowest(view)
    ask, row = next((pair for pair in lowest if _bound(pair[1])), lowest[0])
    record = results.evidence.get(_bound(row))
    source = results.sources.get(record["source_id"]) if record else None
    return Witness(
        viewpoint=label,
        stands=f"{_brief(results, ask, row)} on {listed([short(each['criterion_id']) for each, _ in lowest])}",
        evidence_id=record["evidence_id"] if record else "",
        finding=clip(record["finding"], _FINDING) if record else "",
        source=", ".join(part for part in (source["title"], printed_date(source["published_on_text"])) if part)
        if source
        else "",
    )


def _bound(row: Seen) -> str:
    """The record on which a rung hangs: the best for it, or where there is none the strongest against it."""
    return row["binding"][0] if row["binding"] else row["against"] or ""
