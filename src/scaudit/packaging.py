"""Packaging: who gets which documents of an edition, and why, by what the ledger has of them. Nothing is sent here."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from scaudit.contents import OVERVIEW, Document, Edition
from scaudit.deliveries import FAILED, OPEN, OUT, Delivery, Line, Reason
from scaudit.recipients import Recipients, Stakeholder

READINGS = ("verified", "claimed")
WITH_OVERVIEW, WITH_CARDS = ("overview", "both"), ("cards", "both")
ID_DIGITS = 32
NOTHING = "nothing"  # of what somebody gets who is no stakeholder any more


class Notice(Protocol):
    """Of a correction: what was printed, what is so instead, and why, each in sentences."""

    @property
    def wrong(self) -> Sequence[str]: ...
    @property
    def right(self) -> Sequence[str]: ...
    @property
    def why(self) -> Sequence[str]: ...


Errata = Callable[[Line, Document], Notice | None]
"""What was wrong in a document that somebody got, against the one that goes out now; None where nothing was."""


def nothing_wrong(_before: Line, _document: Document) -> None:
    """The errata of editions in which nothing was wrong."""


@dataclass(frozen=True)
class Parcel:
    """A document that goes to one stakeholder, and why. `before` is what they got last of it, where they got any."""

    document: Document
    reason: Reason
    why: str
    before: Line | None = None
    notice: Notice | None = None

    @property
    def moved(self) -> dict[str, tuple[str, str]]:
        """Of each reading whose status moved since what they got last: the words of then and of now."""
        pairs = {name: (self._former.get(name, ""), self.document.words.get(name, "")) for name in READINGS}
        return {name: pair for name, pair in pairs.items() if all(pair) and pair[0] != pair[1]}

    @property
    def _former(self) -> Mapping[str, str]:
        return self.before.words if self.before else {}


@dataclass(frozen=True)
class Package:
    """What goes to one stakeholder at once. `due` is when, if not at once; `failures` are the earlier tries of it."""

    id: str
    stakeholder: Stakeholder
    edition: Edition
    parcels: tuple[Parcel, ...]
    attempt: int = 1
    failures: int = 0
    due: datetime | None = None

    @property
    def size(self) -> int:
        """The weight of its documents, in bytes."""
        return sum(one.document.size for one in self.parcels)

    def waits(self, now: datetime) -> bool:
        """Whether it is too early to try it again."""
        return self.due is not None and now < self.due


@dataclass(frozen=True)
class Kept:
    """What does not go to somebody, and why. `delivery` is what the ledger has of it, where that is the reason."""

    stakeholder_id: str
    document_id: str
    why: str
    delivery: Line | None = None


@dataclass(frozen=True)
class Plan:
    """Who gets what. `closed` are deliveries that are tried no more, each with the reason in words."""

    edition: Edition
    packages: tuple[Package, ...]
    kept: tuple[Kept, ...] = ()
    closed: tuple[tuple[Delivery, str], ...] = field(default=())


def plan(
    edition: Edition,
    found: Recipients,
    past: Sequence[Delivery],
    to: Sequence[str] = (),
    again: str = "",
    errata: Errata = nothing_wrong,
) -> Plan:
    """Who gets which documents of an edition.

    The same file never goes twice to the same stakeholder, except with a reason `again`; `to` are those who are meant,
    all if none is named. Whoever has a document that was wrong, by the `errata`, gets a notice, subscribed or not.
    """
    packages: list[Package] = []
    kept = [Kept(key, "", f"held in quarantine: {why}") for key, why in found.held.items() if not to or key in to]
    for key, who in sorted(_everybody(found, past).items()):
        if to and key not in to:
            continue
        parcels, rest = _parcels(edition, who, [one for one in past if one.last.stakeholder_id == key], again, errata)
        kept += rest
        if parcels:
            packages.append(pack(edition, who, parcels, past))
    return Plan(edition, tuple(packages), tuple(kept), tuple(_closed(packages, past, to)))


def notices(whole: Plan, past: Sequence[Delivery]) -> Plan:
    """Of a plan only the notices of corrections; the rest waits."""
    packages = [
        pack(whole.edition, one.stakeholder, wrong, past)
        for one in whole.packages
        if (wrong := [parcel for parcel in one.parcels if parcel.reason == "correction"])
    ]
    return Plan(whole.edition, tuple(packages))


def _everybody(found: Recipients, past: Sequence[Delivery]) -> dict[str, Stakeholder]:
    """The stakeholders, and those who once got something and are none now, at the address where they got it."""
    gone = {
        one.last.stakeholder_id: Stakeholder(
            id=one.last.stakeholder_id,
            name=one.last.stakeholder_id,
            channel=one.last.channel,
            address=one.last.address,
            items=(),
            what=NOTHING,
            occasion="only_changes",
            active=False,
        )
        for one in past
        if one.state in OUT
    }
    return {**gone, **found.known}


def pack(edition: Edition, who: Stakeholder, parcels: Sequence[Parcel], past: Sequence[Delivery]) -> Package:
    """The package of some documents for one stakeholder: a new one, or one that was tried before and is not out."""
    ended = {one.last.delivery_id for one in past if one.state not in OPEN}
    tried = {one.last.delivery_id: one for one in past if one.state in OPEN}
    name, number = _name(edition, who, parcels, 0), 0
    while name in ended:
        number += 1
        name = _name(edition, who, parcels, number)
    before = tried.get(name)
    fresh = Package(name, who, edition, tuple(parcels))
    if before is None:
        return fresh
    return replace(fresh, attempt=before.attempts + 1, failures=before.failures, due=before.last.next_try)


def subscribed(edition: Edition, who: Stakeholder) -> list[Document]:
    """The documents of an edition that somebody has asked for, in the edition's order."""
    return [one for one in edition.documents if (_overview(who) if one.id == OVERVIEW else _card(who, one))]


def _card(who: Stakeholder, document: Document) -> bool:
    """Whether somebody has asked for a card: of all, of this item, or as one of the body that the card is of."""
    return who.what in WITH_CARDS and (who.everything or document.id in (*who.items, f"body:{who.body}"))


def _overview(who: Stakeholder) -> bool:
    return who.what in WITH_OVERVIEW


def _parcels(
    edition: Edition, who: Stakeholder, past: Sequence[Delivery], again: str, errata: Errata
) -> tuple[list[Parcel], list[Kept]]:
    parcels: list[Parcel] = []
    kept = _missing(edition, who) if who.active else [Kept(who.id, "", "not active")] * (who.what != NOTHING)
    wanted = {one.id for one in subscribed(edition, who)} if who.active else set()
    for document in edition.documents:
        lines = [line for one in past for line in one.lines if line.document_id == document.id]
        decided = _decided(document, who, lines, again, errata)
        if isinstance(decided, Parcel) and (document.id in wanted or decided.reason == "correction"):
            parcels.append(decided)
        elif isinstance(decided, Kept) and document.id in wanted:
            kept.append(decided)
    return parcels, kept


def _missing(edition: Edition, who: Stakeholder) -> list[Kept]:
    """What somebody has asked for and the edition does not hold."""
    there = {one.id for one in edition.documents}
    wanted = [*(who.items if who.what in WITH_CARDS and not who.everything else ()), *([OVERVIEW] * _overview(who))]
    return [Kept(who.id, name, f"not in edition {edition.name}") for name in wanted if name not in there]


def _decided(document: Document, who: Stakeholder, lines: Sequence[Line], again: str, errata: Errata) -> Parcel | Kept:
    """Whether a document goes to somebody, by what they got of it before: `lines`, the oldest first."""
    got = [line for line in lines if line.outcome in OUT]
    before = got[-1] if got else None
    same = [line for line in lines if line.digest == document.digest]
    here = [line for line in same if (line.channel, line.address) == (who.channel, who.address)]
    out = [line for line in same if line.outcome in OUT]
    had = [line for line in here if line.outcome in FAILED] + out
    begun = [line for line in here if line.outcome in OPEN and (not out or line.reason == "again")]
    if begun and begun[-1].reason != "correction":
        return Parcel(document, begun[-1].reason, begun[-1].why, before)
    if had and not begun:
        return Parcel(document, "again", again, before) if again else Kept(who.id, document.id, _had(had[-1]), had[-1])
    return _by_substance(document, who, before, errata)


def _by_substance(document: Document, who: Stakeholder, before: Line | None, errata: Errata) -> Parcel | Kept:
    """Whether a file that they never had goes to somebody, by what it says and what they got last of it."""
    if before is None:
        return Parcel(document, "new", "never sent before")
    if before.substance != document.substance:
        if notice := errata(before, document):
            return Parcel(document, "correction", " ".join(notice.why), before, notice)
        return Parcel(document, "changed", _changed(Parcel(document, "changed", "", before)), before)
    if who.only_changes:
        return Kept(who.id, document.id, f"says the same as in edition {before.edition}", before)
    return Parcel(document, "new", f"a new edition; it says the same as {before.edition}", before)


def _had(line: Line) -> str:
    """What the ledger has of the same file, in words."""
    day = f"{line.at:%Y-%m-%d}"
    told = {
        "delivered": f"has it since {day}",
        "sending": f"going out, or cut off while going out, since {day}; look for {line.message_id}",
        "possibly delivered": f"possibly delivered on {day}; look for {line.message_id}, or repeat it with --again",
        "failed for good": f"refused on {day}: {line.answer}",
        "given up": f"given up on {day} after try {line.attempt}: {line.answer}",
    }
    return told[line.outcome]


def _changed(parcel: Parcel) -> str:
    """What is otherwise than in what they got last, in words."""
    if not parcel.moved:
        return "the record behind it changed" + ("; no status moved" if parcel.document.is_card else "")
    return "; ".join(f"{name}: {then} -> {now}" for name, (then, now) in parcel.moved.items())


def _name(edition: Edition, who: Stakeholder, parcels: Iterable[Parcel], number: int) -> str:
    """The id of a delivery: the same for the same documents, reasons and address, however often it is tried."""
    sent = sorted((one.document.id, one.document.substance, one.document.digest, one.reason) for one in parcels)
    whys = sorted(one.why for one in parcels if one.reason in ("again", "correction"))
    parts = (who.id, who.channel, who.address, edition.name, sent, whys, number)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:ID_DIGITS]


def _closed(packages: Iterable[Package], past: Iterable[Delivery], to: Sequence[str]) -> Iterable[tuple[Delivery, str]]:
    """What was begun, did not go out, and is not what would go out now."""
    living = {one.id for one in packages}
    for one in past:
        meant = not to or one.last.stakeholder_id in to
        if one.state in OPEN and meant and one.last.delivery_id not in living:
            yield one, "not tried any more: what is sent to them now is something else"
