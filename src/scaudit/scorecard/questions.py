"""Questions: one neutral request for every ask that is open, to the bodies that answer for it, from its own data."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scaudit.results import Results
from scaudit.rows import Criterion, Rung
from scaudit.scorecard.model import AskedOf, Request
from scaudit.scorecard.wording import DONE, body_name, listed, printed_date, printed_day, sentence, short, word
from scaudit.spreadsheet import csv_lines

COLUMNS = ("question_id", "item_id", "criterion_id", "kind", "why", "to", "question", "answer_days")
_YEAR = 12  # months


@dataclass(frozen=True)
class Question:
    """One request about one criterion. `why` is unknown, stale or claimed_only, the first that applies.

    `body` is the name of the accountable body, `others` are those that answer beside it; `body_ids` has all. `text`
    is the whole request; `request` the same without its address.
    """

    question_id: str
    item_id: str
    criterion_id: str
    kind: str
    required: bool
    why: str
    body_ids: tuple[str, ...]
    body: str
    others: tuple[str, ...]
    request: str
    text: str


def questions(results: Results, items: Sequence[str] | None = None) -> tuple[Question, ...]:
    """The questions that are open on some items, on all if none is named, in the order of items and criteria.

    Claims get none: they are not for the accountable body to answer. Nor do items that had not yet been asked.
    """
    return tuple(_question(results, ask, why) for ask, why in open_asks(results, items))


def open_asks(results: Results, items: Sequence[str] | None = None) -> Iterator[tuple[Criterion, str]]:
    """The asks on which a question is open, each with the reason: for whoever counts them and needs no words."""
    return (
        (ask, why)
        for item in (results.ordered_items if items is None else map(results.item, items))
        if not item["not_yet_asked"]
        for ask in results.asks(item["item_id"])
        if (why := _why(results, ask))
    )


def by_body(found: Sequence[Question]) -> dict[str, list[Question]]:
    """The questions by the body that is asked first, in the order in which the bodies occur."""
    groups: dict[str, list[Question]] = {}
    for one in found:
        groups.setdefault(one.body, []).append(one)
    return groups


def questions_csv(found: Sequence[Question], answer_days: int) -> str:
    """The questions as CSV; `to` has all bodies that are asked."""
    return in_questions(question_lines(found, answer_days))


def in_questions(lines: str) -> str:
    """Lines of questions, under the names of the columns."""
    return csv_lines([COLUMNS]) + lines


def question_lines(found: Sequence[Question], answer_days: int) -> str:
    """The same without the names of the columns."""
    return csv_lines((*_cells(one), answer_days) for one in found)


def requests(results: Results) -> tuple[AskedOf, ...]:
    """The questions as a page shows them: by body, each with its reason."""
    return asked_of(results, questions(results))


def asked_of(results: Results, found: Sequence[Question]) -> tuple[AskedOf, ...]:
    """Some questions as a page shows them."""
    return tuple(AskedOf(body, tuple(_line(results, one) for one in mine)) for body, mine in by_body(found).items())


def why_words(results: Results, why: str) -> str:
    """Why a question is asked, in words."""
    return word(results.words, "questions_why", why)


def _cells(one: Question) -> tuple[str, ...]:
    to = "; ".join((one.body, *one.others))
    return one.question_id, one.item_id, one.criterion_id, one.kind, one.why, to, one.text


def _line(results: Results, one: Question) -> Request:
    return Request(
        short=short(one.criterion_id),
        required=one.required,
        why=sentence(why_words(results, one.why)),
        request=sentence(one.request),
        others=listed(one.others),
    )


def _why(results: Results, ask: Criterion) -> str:
    verified, claimed = (results.rung(ask["criterion_id"], reading) for reading in ("verified", "claimed"))
    cases = (
        ("unknown", verified["rung"] == 0),
        ("stale", verified["stale"]),
        ("claimed_only", verified["rung"] < DONE <= claimed["rung"] and not claimed["stale"]),
    )
    return next((why for why, holds in cases if holds), "")


def _question(results: Results, ask: Criterion, why: str) -> Question:
    body, *others = (body_name(results, key) for key in ask["accountable"])
    request = word(results.words, "questions", f"{why}_{ask['kind']}").format(**_facts(results, ask, why))
    addressed = word(results.words, "questions", "also" if others else "one").format(body=body, others=listed(others))
    return Question(
        question_id=ask["criterion_id"],
        item_id=ask["item_id"],
        criterion_id=ask["criterion_id"],
        kind=ask["kind"],
        required=ask["required"],
        why=why,
        body_ids=tuple(ask["accountable"]),
        body=body,
        others=tuple(others),
        request=request,
        text=word(results.words, "questions", "to").format(bodies=addressed, request=request),
    )


def _facts(results: Results, ask: Criterion, why: str) -> dict[str, str]:
    """What the templates are filled with."""
    verified = results.rung(ask["criterion_id"], "verified")
    bound = results.rung(ask["criterion_id"], "claimed") if why == "claimed_only" else verified
    closed = word(results.words, "questions", "closed").format(day=printed_day(ask["window_to"]))
    return {
        "criterion": ask["criterion_id"],
        "ask": ask["ask"],
        "closed": closed if ask["closed"] else "",
        "records": listed([_cited(results, key) for key in bound["binding"]]),
        "until": _until(results, ask, bound),
        "closing": _closing(results, ask, verified),
    }


def _cited(results: Results, evidence_id: str) -> str:
    """A record as a letter names it: its id, and the document that it stands in."""
    record = results.cited[evidence_id]
    source = results.sources[record["source_id"]]
    published = printed_date(source["published_on_text"]) or "no date"
    return word(results.words, "questions", "record").format(
        evidence=evidence_id, title=source["title"], published=published
    )


def _until(results: Results, ask: Criterion, rung: Rung) -> str:
    """The day up to which the records on which a rung hangs count."""
    ends = [day for key in rung["binding"] if (day := results.cited[key]["event_to"])]
    months = ask["shelf_life_months"]
    return printed_day(months_later(max(ends), months)) if ends and months else ""


def _closing(results: Results, ask: Criterion, verified: Rung) -> str:
    """What verifies an ask; where something stands against it, that it must be later and weigh as much."""
    closing = word(results.words, "closing", ask["kind"])
    if not verified["standing"]:
        return closing
    return word(results.words, "questions", "against").format(closing=closing, standing=listed(verified["standing"]))


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of a month that is too short, as the rules count it."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
