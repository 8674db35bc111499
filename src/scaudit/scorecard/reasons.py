"""Why a criterion stands where it stands, what would move it, and what is not known at all."""

from collections import Counter
from collections.abc import Iterable

from scaudit.results import Results
from scaudit.rows import Criterion, Record
from scaudit.scorecard.model import Citation, ClaimLine, Gap, Reason
from scaudit.scorecard.wording import (
    clip,
    count,
    flag_words,
    reference,
    rung_word,
    short,
    some,
    when,
    word,
)

_SHOWN = 2  # records cited in full for each side; more are named and stand in the annex
_FINDING = 300  # characters of a finding in the body of a card
_Place = tuple[str, str | None, str]


class Citations:
    """Numbers the records that a card cites, in the order in which it cites them; one fact has one number."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._numbers: dict[_Place, int] = {}
        self.by_record: dict[str, int] = {}

    def cite(self, evidence_id: str) -> Citation:
        """The record as cited; the same finding of the same place is printed in full only once."""
        record = self._results.evidence[evidence_id]
        place = (record["source_id"], record["locator"], record["finding"])
        again = place in self._numbers
        number = self._numbers.setdefault(place, len(self._numbers) + 1)
        self.by_record[evidence_id] = number
        return Citation(
            number=number,
            side="Partly for" if record["stance"] == "partly" else "For",
            again=again,
            evidence_id=evidence_id,
            finding=clip(record["finding"], _FINDING),
            when=when(record),
            reference=reference(self._results, record["source_id"], record["locator"]),
            grade=grade(record),
        )


def grade(record: Record) -> str:
    """`grade 4, tested record`."""
    return f"grade {record['grade']}, {record['grade_name']}"


def reasons(results: Results, item_id: str, citations: Citations) -> tuple[Reason, ...]:
    """For every criterion with a record: the verdict, the evidence for and against it, the rules that fired."""
    return tuple(
        _reason(results, ask, citations)
        for ask in results.asks(item_id)
        if results.rung(ask["criterion_id"], "verified")["rung"]
    )


def _reason(results: Results, ask: Criterion, citations: Citations) -> Reason:
    verified, claimed = (results.rung(ask["criterion_id"], reading) for reading in ("verified", "claimed"))
    binding, standing = sorted(verified["binding"]), sorted(verified["standing"])
    said = sorted(set(claimed["binding"]).difference(binding, standing)) if claimed["rung"] > verified["rung"] else []
    flags = flag_words(results.words, verified["flags"])
    return Reason(
        short=short(ask["criterion_id"]),
        ask=ask["ask"],
        verdict="; ".join(part for part in (rung_word(results.words, verified, ask), ", ".join(flags)) if part),
        said=rung_word(results.words, claimed, ask) if claimed["rung"] != verified["rung"] else "",
        support=tuple(citations.cite(key) for key in binding[:_SHOWN]),
        against=tuple(citations.cite(key) for key in standing[:_SHOWN]),
        word=tuple(citations.cite(key) for key in said[:1]),
        further=some((*binding[_SHOWN:], *standing[_SHOWN:])),
        rules=tuple(verified["rules"]),
    )


def unknown(results: Results, item_id: str) -> tuple[Gap, ...]:
    """The criteria of which nothing is known (rung 0 in the verified reading)."""
    return tuple(
        Gap(short(ask["criterion_id"]), ask["ask"], ask["required"], _found(results, ask), _aside(results, ask))
        for ask in results.asks(item_id)
        if results.rung(ask["criterion_id"], "verified")["rung"] == 0
    )


def _found(results: Results, ask: Criterion) -> str:
    """That nothing was found, by the kind of ask; or that only words against it were, which move no rung."""
    counted = any(row["disposition"] == "counted" for row in results.records_of(ask["criterion_id"]))
    return word(results.words, "unknown", "alleged" if counted else ask["kind"])


def _aside(results: Results, ask: Criterion) -> str:
    """How many records were set aside, and as what."""
    rows = [row for row in results.records_of(ask["criterion_id"]) if row["disposition"] != "counted"]
    found = sorted(Counter(word(results.words, "records_as", row["disposition"]) for row in rows).items())
    if not found:
        return "no record set aside"
    (use, number), *more = found
    return ", ".join((f"set aside: {count(number, 'record')} {use}", *(f"{many} {other}" for other, many in more)))


def claim_lines(results: Results, item_id: str) -> tuple[ClaimLine, ...]:
    """The claims of a concern, each with its standing in words and the records that bear on it."""
    return tuple(_claim(results, claim) for claim in results.item_claims(item_id))


def _claim(results: Results, claim: Criterion) -> ClaimLine:
    standing = results.standings.get(claim["criterion_id"], "unexamined")
    return ClaimLine(
        short=short(claim["criterion_id"]),
        claim=claim["ask"],
        standing=word(results.words, "claims", standing),
        meaning=word(results.words, "claims_meaning", standing),
        records=_sides(results, results.records_of(claim["criterion_id"])),
    )


def _sides(results: Results, records: Iterable[Record]) -> str:
    counted = [row["stance"] for row in records if row["disposition"] == "counted" and not row["printed_with"]]
    sides = [
        (word(results.words, "stances", stance), counted.count(stance))
        for stance in ("supports", "partly", "contradicts")
    ]
    shown = ", ".join(f"{number} {name}" for name, number in sides if number)
    return f"{count(len(counted), 'record')}: {shown}" if shown else "no record counted"
