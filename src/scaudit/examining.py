"""Examining: one document, looked at from each side that can prove something. A stranger's file may be anything."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from scaudit import __version__, regrouping
from scaudit.differing import differences
from scaudit.document import sealing, signing
from scaudit.document.attachment import data_digest
from scaudit.document.locating import Part, broken, damage, parts
from scaudit.document.opening import Opened, attached_json, opened, page_texts
from scaudit.document.xmp import NAMESPACE
from scaudit.printed import Row, card_rows, group_rows, not_printed, overview_rows, squeezed
from scaudit.recomputing import Recomputed, grounds_of, recompute
from scaudit.regrouping import is_group
from scaudit.scorecard.attached import EVIDENCE, GROUNDS, SAID, STATUSES
from scaudit.scorecard.substance import substance_of
from scaudit.scorecard.wording import count, listed

MARKS = ("subject", "edition", "asOf", "knownOn", "ruleset", "dataDigest", "substance", "engine", "sha256")
SHARED = {"edition": "edition", "asOf": "as_of", "knownOn": "known_on", "ruleset": "ruleset"}
OVERVIEW = "overview"
PRINTED = 16  # digits of the data digest on every page
SHOWN = 3  # differences that a line names
SIGNED = ("Signature. Signed by ", "Signature. Signed with ")  # how a page says so
T = TypeVar("T")


class NotPossibleError(Exception):
    """A check that cannot be made of a file: it has nothing to check, or what it needs failed another check."""


class Examination:
    """The checks of one file, to be made in their order: later ones rest on what earlier ones found.

    Each gives a sentence. It raises NotPossibleError, or ValueError where something is not as it should be.
    """

    def __init__(self, pdf: bytes, trust: Sequence[Path] = ()) -> None:
        self._pdf, self._trust = pdf, trust
        self._parts: tuple[Part, ...] | None = None
        self._opened: Opened | None = None
        self._signature: signing.Signature | None = None
        self._pages: list[str] | None = None
        self._said: Any = None
        self._recomputed: Recomputed | None = None

    def document(self) -> str:
        """Whether it is a document of ours at all."""
        self._parts = parts(self._pdf)
        try:
            found = opened(self._pdf)
        except ValueError as error:
            raise ValueError(_told(f"It cannot be opened: {error}", self._damage(self._pdf))) from error
        marks = found.marks
        lacking = [name for name in MARKS if not marks.get(name)]
        if lacking:
            raise ValueError(_told("It is no document of scaudit, or has lost its marks", self._damage(self._pdf)))
        self._opened = found
        what = _what(marks["subject"])
        days = f"as of {marks['asOf']}, known on {marks['knownOn']}"
        made_up = " SYNTHETIC: invented records stand behind it." if marks.get("synthetic") == "True" else ""
        return f"{what}, edition {marks['edition']}, {days}, by the ruleset {marks['ruleset']}.{made_up}"

    def signature(self) -> str:
        """Who signed it, and whether anything has changed since."""
        self._needed(self._parts)
        self._signature = found = signing.inspect(self._pdf, self._trust)
        if found is None:
            if self._says_that_it_is_signed():
                raise ValueError(
                    "Its pages say that it is signed, but it bears no signature: that was taken away, or never made."
                )
            raise NotPossibleError("It is not signed: nothing in it proves who made it.")
        if not found.intact or not found.whole_file:
            raise ValueError(_told(f"It bears a signature, but {found.problem}", self._damage_of_signed(found)))
        signed = f"Signed by {found.signer!r}" + (f" on {found.signed_at:%Y-%m-%d}" if found.signed_at else "")
        if self._trust and not found.trusted:
            raise ValueError(f"{signed}, for whom no certificate given with --trust vouches.")
        return f"{signed}; nothing has changed since. {_vouched(found)}"

    def seal(self) -> str:
        """Whether it is what was sealed when it was made."""
        self._needed(self._parts)
        sealed = self._unsigned()
        found = sealing.check(sealed)
        if not found.found:
            raise ValueError(_told("It has no seal that can be read", self._damage(sealed)))
        if not found.intact:
            raise ValueError(_told("It is not what was sealed", self._damage(sealed)))
        return (
            "No byte has changed since it was sealed. That is no proof of origin: who alters a file can seal it anew."
        )

    def attachments(self) -> str:
        """Whether the attached data are all there, and those of which the marks speak."""
        found = self._needed(self._opened)
        for one in found.carried:
            if not one.sound or not one.associated:
                what = "not listed as a file of the document" if one.sound else "not what was attached"
                raise ValueError(f"The attached {one.attachment.name} is {what}.")
        contents = {one.name: one.content for one in found.attachments}
        said = attached_json(SAID, contents[SAID]) if SAID in contents else None
        lacking = sorted({SAID, *self._wanted(said)} - set(contents))
        if lacking:
            raise ValueError(f"It lacks the attached {', '.join(lacking)}.")
        self._said = said
        digest = data_digest(found.attachments)
        if digest != found.marks["dataDigest"]:
            raise ValueError("The attached files are not those of which the marks have the digest: one was exchanged.")
        _agree(found.marks, self._said)
        return f"{', '.join(sorted(contents))}: all of the digest {digest}."

    def pages(self) -> str:
        """Whether every page carries the digest of the data that are attached."""
        digest = data_digest(self._needed(self._opened).attachments)
        texts = [squeezed(text) for text in self._texts()]
        lacking = [number for number, text in enumerate(texts, 1) if f"data{digest[:PRINTED]}" not in text]
        if lacking or not texts:
            raise ValueError(f"Page {lacking[0] if lacking else 1} does not carry the digest of the attached files.")
        if not any(digest in text for text in texts):
            raise ValueError("No page carries the digest of the attached files in full.")
        return f"All {len(texts)} pages carry the digest of the attached files ({digest[:PRINTED]})."

    def statuses(self) -> str:
        """Whether everything that was scored follows from the attached grounds alone."""
        item_id, contents = self._item(), self._contents()
        if is_group(self._said):
            return self._group_statuses(contents)
        grounds = grounds_of(attached_json(GROUNDS, contents[GROUNDS]))
        if grounds.item_id != item_id:
            raise ValueError(f"The attached grounds are those of {grounds.item_id or 'all items'}.")
        self._recomputed = found = recompute(grounds)
        tables = {name: contents[name] for name in self._tables()}
        differing = differences(self._needed(self._said), tables, found.results, item_id)
        if differing:
            raise ValueError(f"Scored again, the grounds give something else: {_some(differing)}.")
        said = " and ".join((SAID, *self._tables()))
        return f"Scored again from {GROUNDS} alone, {_counted(found)} come out as {said} say.{_not_run(found)}"

    def _group_statuses(self, contents: Mapping[str, bytes]) -> str:
        """The same of a group of items; of one that carries no grounds only the counts can be made again."""
        said, table = self._said, contents[STATUSES]
        if not regrouping.carries_grounds(said):
            if found := regrouping.recount(said, table):
                raise ValueError(f"Counted again, its items give something else: {_some(found)}.")
            raise NotPossibleError(
                f"It tells of {len(said['items']):,} items and carries no grounds: what was scored is on the card "
                f"of each. Counted again from {SAID}, its counts and {STATUSES} agree with its items."
            )
        grounds = grounds_of(attached_json(GROUNDS, contents[GROUNDS]))
        if grounds.item_id != regrouping.subject(said):
            raise ValueError(f"The attached grounds are those of {grounds.item_id or 'all items'}.")
        self._recomputed = again = recompute(grounds, records=False)
        if found := regrouping.differences(said, table, again.results):
            raise ValueError(f"Scored again, the grounds give something else: {_some(found)}.")
        agree = f"{_counted(again)} come out as {SAID} and {STATUSES} say"
        return f"Scored again from {GROUNDS} alone, {agree}.{_not_run(again)}"

    def words(self) -> str:
        """Whether the pages say in words what the data say."""
        rows = self._rows(self._needed(self._said))
        lacking = not_printed(self._texts(), rows)
        if lacking:
            raise ValueError(f"The pages say something else than {SAID} of {_some(lacking)}.")
        about = "counts, statuses and asks" if is_group(self._said) else "statuses, asks and claims"
        return f"The pages say what {SAID} says, in all {len(rows)} lines on {about}."

    def engine(self) -> str:
        """Which version made it, and which this is."""
        made = self._needed(self._opened).marks["engine"]
        if made == __version__:
            return f"Made and checked by scaudit {made}."
        return (
            f"Made by scaudit {made}, checked by {__version__}: if statuses differ, check with {made} before you judge."
        )

    def _needed(self, found: T | None) -> T:
        if found is None:
            raise NotPossibleError("What this needs could not be read.")
        return found

    def _item(self) -> str:
        subject = self._needed(self._opened).marks["subject"]
        return "" if subject == OVERVIEW else subject

    def _rows(self, said: Any) -> list[Row]:
        """The lines that the pages of such a document have."""
        if is_group(said):
            return group_rows(said)
        return card_rows(said) if self._item() else overview_rows(self._needed(self._recomputed).results)

    def _wanted(self, said: Any) -> set[str]:
        """What must be attached beside what the document says."""
        if is_group(said):
            return {STATUSES, *([GROUNDS] if regrouping.carries_grounds(said) else [])}
        return {GROUNDS, *self._tables()}

    def _tables(self) -> tuple[str, ...]:
        return (EVIDENCE,) if self._item() else (EVIDENCE, STATUSES)

    def _contents(self) -> dict[str, bytes]:
        self._needed(self._said)
        return {one.name: one.content for one in self._needed(self._opened).attachments}

    def _texts(self) -> list[str]:
        self._needed(self._opened)
        if self._pages is None:
            try:
                self._pages = page_texts(self._pdf)
            except ValueError as error:
                raise ValueError(f"The pages cannot be read: {error}.") from error
        return self._pages

    def _says_that_it_is_signed(self) -> bool:
        """Whether a page says so; one that cannot be read says nothing here, and fails the checks of pages."""
        try:
            text = squeezed("".join(self._texts())) if self._opened else ""
        except ValueError:
            return False
        return any(squeezed(words) in text for words in SIGNED)

    def _unsigned(self) -> bytes:
        """What was sealed: the file, or what was there before the signature."""
        return self._signature.unsigned if self._signature and self._signature.unsigned else self._pdf

    def _names(self) -> dict[int, str]:
        return {one.number: one.attachment.name for one in self._opened.carried} if self._opened else {}

    def _damage(self, pdf: bytes) -> str:
        """Where a file was changed; of one that was never ours only what does not unpack can be told."""
        if NAMESPACE.encode() in pdf:
            return damage(pdf, self._names())
        return broken(parts(pdf), self._names())

    def _damage_of_signed(self, found: signing.Signature) -> str:
        """Where a signed file was changed: before its signature, or from there on."""
        if not sealing.check(found.unsigned).intact:
            return self._damage(found.unsigned or self._pdf)
        return f"the change lies in bytes {len(found.unsigned):,} to {len(self._pdf) - 1:,}, the signature and after it"


def _what(subject: str) -> str:
    """A document by its name: of an item, which has no colon, of a group, or of all items."""
    by, _, name = subject.partition(":")
    if subject == OVERVIEW:
        return "The overview"
    return f"{regrouping.NAMES[by]} {name}" if name and by in regrouping.NAMES else f"The card of {subject}"


def _vouched(found: signing.Signature) -> str:
    if found.demonstration:
        return "It is a DEMONSTRATION key, which proves nothing about who made it."
    if found.trusted:
        return "A certificate that you trust vouches for that name."
    return "Whether it is who it says nobody vouches for here; name a certificate that you trust with --trust."


def _told(what: str, where: str) -> str:
    return f"{what}: {where}." if where else f"{what}."


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return "; ".join(names[:SHOWN]) + more


def _counted(found: Recomputed) -> str:
    results = found.results
    asks = sum(len(results.asks(item["item_id"])) for item in results.items)
    records = len(results.records) or sum(row["records"] for row in results.uses or ())
    counts = {"item": len(results.items), "ask": asks, "claim": len(results.claims), "record": records}
    return listed([count(number, name) for name, number in counts.items() if number])


def _not_run(found: Recomputed) -> str:
    steps = ", ".join(found.unlike)
    return f" The attached ruleset has steps of its own ({steps}); this engine's were run." if steps else ""


def _agree(marks: Mapping[str, str], said: Any) -> None:
    """Whether the marks and the data are of one document."""
    told = said if isinstance(said, dict) else {}
    other = [mark for mark, name in SHARED.items() if marks.get(mark) != told.get(name)]
    if is_group(said):
        other += ["subject"] if regrouping.subject(said) != marks["subject"] else []
        other += ["substance"] if regrouping.substance(said) not in (None, marks.get("substance")) else []
    elif marks["subject"] != OVERVIEW:
        other += ["subject"] if told.get("item", {}).get("id") != marks["subject"] else []
        other += ["substance"] if substance_of(told) != marks.get("substance") else []
    if (marks.get("synthetic") == "True") != bool(told.get("synthetic")):
        other.append("synthetic")
    if other:
        raise ValueError(f"The marks and {SAID} differ in {', '.join(other)}.")
