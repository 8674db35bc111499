"""Groups: the items of one accountable body, of one programme, or all of them."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from scaudit.results import Results
from scaudit.rows import Item
from scaudit.scorecard.wording import body_name
from scaudit.slug import slug

By = Literal["all", "body", "programme"]
MANY = 40
"""Items from which on a page tells of a group in counts, and of single items only where they stand out.

An item is two to four lines of print in the table of items: forty fill three pages, which is what people still read
through. The grounds of forty items are attached, too; those of more would make a file that no mail takes.
"""
FOLDERS = {"body": "bodies", "programme": "programmes"}
_LONGEST = 120  # letters of a file's name before its end is a digest


@dataclass(frozen=True)
class Group:
    """Items that one page tells of, in the order of pages. `id` and `name` are the body's or the programme's."""

    by: By
    id: str
    name: str
    items: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The name of its document: no item can have one with a colon."""
        return f"{self.by}:{self.id}" if self.by != "all" else "overview"

    @property
    def path(self) -> str:
        """Where its document lies in an edition, without the ending."""
        return f"{FOLDERS[self.by]}/{_file(self.id)}" if self.by != "all" else "overview"

    @property
    def is_large(self) -> bool:
        """Whether its page is told in counts."""
        return len(self.items) > MANY


class Placed(NamedTuple):
    """An item, the bodies that answer for it or for one of its asks, and its programme, where that is known."""

    item_id: str
    bodies: Sequence[str]
    programme: str


def everything(results: Results) -> Group:
    """All items of a run."""
    return Group("all", "", "", tuple(item["item_id"] for item in results.ordered_items))


def groups(results: Results, by: Sequence[str], placed: Sequence[Placed] | None = None) -> tuple[Group, ...]:
    """The groups of a run, one sort after the other, each sort in the order of its ids.

    A body has the items of which it answers for one criterion at least; claims are for nobody to answer. Programmes
    take results that know them (scaudit.standings). `placed` are the items in the order of pages, where somebody has
    placed them already; then `results` need not have them.
    """
    items = _placed(results) if placed is None else placed
    return tuple(group for one in by for group in _SORTS[one](results, items))


def _placed(results: Results) -> list[Placed]:
    programmes = results.programmes
    return [
        Placed(item["item_id"], answering(results, item), programmes.get(item["item_id"], ""))
        for item in results.ordered_items
    ]


def _bodies(results: Results, placed: Sequence[Placed]) -> Iterable[Group]:
    found = _collected(placed, lambda item: item.bodies)
    return (Group("body", key, body_name(results, key), items) for key, items in found)


def _programmes(_: Results, placed: Sequence[Placed]) -> Iterable[Group]:
    return (Group("programme", key, key, items) for key, items in _collected(placed, lambda item: [item.programme]))


_SORTS: dict[str, Callable[[Results, Sequence[Placed]], Iterable[Group]]] = {
    "body": _bodies,
    "programme": _programmes,
}


def answering(results: Results, item: Item) -> list[str]:
    """The bodies that answer for an item or for one of its asks, by id."""
    bodies = {body for ask in results.asks(item["item_id"]) for body in ask["accountable"]}
    return sorted({item["accountable_id"], *bodies})


def _collected(placed: Sequence[Placed], keys: Callable[[Placed], Iterable[str]]) -> list[tuple[str, tuple[str, ...]]]:
    """The items by key; in each the order of pages."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item in placed:
        for key in keys(item):
            found[key].append(item.item_id)
    return [(key, tuple(found[key])) for key in sorted(found)]


def _file(key: str) -> str:
    name = slug(key)
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST]}~{hashlib.sha256(key.encode()).hexdigest()[:16]}"
