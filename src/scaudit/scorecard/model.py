"""The parts of the view model: what a page shows, in the words and numbers that it shows. Templates only place it."""

from dataclasses import dataclass

from scaudit.scorecard.shapes import Band, Step


@dataclass(frozen=True)
class Frame:
    """What every page carries. `created` is an ISO day; dates are printed words.

    `synthetic` says that invented records stand behind some number.
    """

    document_title: str
    running_title: str
    edition: str
    as_of: str
    known_on: str
    ruleset: str
    created: str
    synthetic: bool


@dataclass(frozen=True)
class Imprint:
    """Who answers for the card, how to dispute it, and what this card must say: notes, the term for an answer.

    `digest` is that of the attached data, in full; empty where the page has none. `signer` is whose signature the
    document is to carry, empty where none; `demonstration` where that is a key that proves nothing.
    """

    project: str
    publisher: str
    contact: str
    notes: tuple[str, ...]
    answer_days: int
    digest: str = ""
    signer: str = ""
    demonstration: bool = False


@dataclass(frozen=True)
class Siblings:
    """The names of the files that have the same content as a page and lie beside it; `pdf` is empty where none is."""

    pdf: str
    data: str


@dataclass(frozen=True)
class Reference:
    """A place in a source. `url` is a web address or empty."""

    title: str
    publisher: str
    published: str
    locator: str
    url: str


@dataclass(frozen=True)
class Asked:
    """What was asked, by whom, of whom and when. `others` were asked beside or instead, for some asks."""

    item_id: str
    is_concern: bool
    kind: str
    title: str
    summary: str
    issuer: str
    accountable: str
    others: str
    issued_on: str
    response: str
    target_on: str
    reference: Reference
    not_yet_asked: bool


@dataclass(frozen=True)
class Meaning:
    """A word and what it means here."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Glance:
    """The answer at a glance."""

    verified: str
    claimed: str
    weakest: str
    strongest: str
    band: Band
    gap: str
    steps: tuple[Step, ...]
    flags: tuple[Meaning, ...]


@dataclass(frozen=True)
class ClaimLine:
    """A claim of a concern and how far it is borne out."""

    short: str
    claim: str
    standing: str
    meaning: str
    records: str


@dataclass(frozen=True)
class Citation:
    """A record as cited: `number` on this card, `side` for or partly for; `again` where it was printed above."""

    number: int
    side: str
    again: bool
    evidence_id: str
    finding: str
    when: str
    reference: Reference
    grade: str


@dataclass(frozen=True)
class Reason:
    """Why a criterion stands where it stands."""

    short: str
    ask: str
    verdict: str
    said: str
    support: tuple[Citation, ...]
    against: tuple[Citation, ...]
    word: tuple[Citation, ...]
    further: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What would move criteria up and down; those with the same answer share a line."""

    asks: tuple[str, ...]
    raised_to: str
    raised: str
    lowered_to: str
    lowered: str


@dataclass(frozen=True)
class Gap:
    """A criterion of rung 0: what was not found, in words, and how many records were set aside and why."""

    short: str
    ask: str
    required: bool
    found: str
    aside: str

    @property
    def named(self) -> str:
        """Its short id, and whether it was not asked in so many words."""
        return self.short if self.required else f"{self.short} (not required)"


@dataclass(frozen=True)
class OwnWords:
    """What the issuer or the body says of the item, verbatim where known."""

    day: str
    body: str
    disposition: str
    words: str
    basis: str
    reference: Reference | None


@dataclass(frozen=True)
class Answer:
    """A reply of a body, verbatim, in paragraphs: the `words` that a page has room for, and the `whole`.

    `goes_on` names the attached file that has all of it; empty where the words are all.
    """

    reply_id: str
    body: str
    day: str
    words: tuple[str, ...]
    whole: tuple[str, ...]
    goes_on: str
    reference: Reference


@dataclass(frozen=True)
class Beside:
    """Others' words beside ours: verbatim statements, how many came `later` than the as-of day, the crosswalk.

    `replies` are those to this audit, `later_replies` how many are known that came after the as-of day.
    """

    own: tuple[OwnWords, ...]
    later: int
    ours: str
    weakest: str
    crosswalk: tuple[tuple[str, str], ...]
    axes: tuple[str, str, str] | None
    replies: tuple[Answer, ...] = ()
    later_replies: int = 0


@dataclass(frozen=True)
class Entry:
    """A record in the annex."""

    evidence_id: str
    also: tuple[str, ...]
    when: str
    stance: str
    finding: str
    reference: Reference
    grade: str
    use: str
    reason: str


@dataclass(frozen=True)
class Group:
    """The records of one criterion. `more` are those that are not listed, since a card has too many."""

    short: str
    title: str
    counts: str
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True)
class Held:
    """A row in quarantine with all its faults."""

    place: str
    key: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """Rows of the run: read = loaded + quarantined."""

    read: int
    loaded: int
    quarantined: int


@dataclass(frozen=True)
class ItemLine:
    """An item in the overview's table."""

    item_id: str
    title: str
    is_concern: bool
    issuer: str
    accountable: str
    verified: str
    claimed: str
    flags: tuple[str, ...]
    band: Band
    steps: tuple[Step, ...]
    picture: str
    gap: str


@dataclass(frozen=True)
class Request:
    """A question as a line: the ask, why it is asked, the request, and who else is asked."""

    short: str
    required: bool
    why: str
    request: str
    others: str


@dataclass(frozen=True)
class AskedOf:
    """The questions to one body."""

    body: str
    requests: tuple[Request, ...]
