"""Tags: the tree of a PDF's elements (ISO 32000-1, 14.7 and 14.8), from headings to pieces of text, as it is read."""

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

Element = Any  # a dictionary of the file; its keys are the standard's


class Tags:
    """The elements of a document, by role and in reading order; what is taken out of the tree is none any more.

    `bare` are those that had nothing below them.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.root = pdf.Root.StructTreeRoot
        self.bare: list[Element] = []
        self._roles: dict[str, list[Element]] = {}
        self._held: set[tuple[int, int]] = set()
        for role, one, held in _below(self.root):
            self._roles.setdefault(role, []).append(one)
            self._held.add(one.objgen)
            if not held:
                self.bare.append(one)

    def __contains__(self, element: Element) -> bool:
        return element.objgen in self._held

    def having(self, role: str) -> list[Element]:
        """The elements with a role, such as Table."""
        return [one for one in self._roles.get(f"/{role}", ()) if one.objgen in self._held]

    def drop(self, element: Element) -> None:
        """Take an element and all below it out of the tree."""
        gone = element.objgen
        element.P.K = Array([kid for kid in kids(element.P) if isinstance(kid, int) or kid.objgen != gone])
        self._held.discard(gone)
        self._held.difference_update(one.objgen for _, one, _ in _below(element))

    def adopt(self, parent: Element, children: Iterable[Element]) -> None:
        """Put elements at the end of those below a parent; they must have been taken from where they were."""
        taken = list(children)
        parent.K = Array([*kids(parent), *taken])
        for child in taken:
            child.P = parent

    def merge(self, first: Element, other: Element) -> None:
        """Move all elements below one to the end of another, and take the one out of the tree."""
        moved = elements(other)
        other.K = Array([])
        self.drop(other)
        self.adopt(first, moved)


def _below(element: Element) -> Iterator[tuple[str, Element, list[Any]]]:
    """All elements below an element in reading order, each after its role and before what is right below it."""
    waiting = kids(element)[::-1]
    while waiting:
        one = waiting.pop()
        role = None if isinstance(one, int) else one.get("/S")  # neither marked content nor annotations have one
        if role is not None:
            held = kids(one)
            yield str(role), one, held
            waiting.extend(held[::-1])


def kids(element: Element) -> list[Any]:
    """What is right below an element: elements, object references, and numbers of marked content."""
    found = element.get("/K")
    if isinstance(found, Array):
        return list(found)
    return [] if found is None else [found]


def elements(element: Element, *roles: str) -> list[Element]:
    """The elements right below an element, in reading order; those of some roles, or all."""
    wanted = [f"/{role}" for role in roles]
    found = ((kid, kid.get("/S")) for kid in kids(element) if not isinstance(kid, int))
    return [kid for kid, role in found if role is not None and (not wanted or str(role) in wanted)]


def attributes(element: Element, owner: str) -> Any:
    """The attributes of an element that belong to one owner, such as Table or Layout; begun where there are none."""
    found = element.get("/A")
    listed = list(found) if isinstance(found, Array) else [] if found is None else [found]
    mine = [one for one in listed if isinstance(one, Dictionary) and one.get("/O") == f"/{owner}"]
    if mine:
        return mine[0]
    element.A = Array([*listed, Dictionary(O=Name(f"/{owner}"))])
    return element.A[-1]
