"""From results to the view model of an item's card."""

from scaudit.results import Results
from scaudit.rows import Record
from scaudit.scorecard.annex import LISTED, groups, held, held_more, readings, use_meanings
from scaudit.scorecard.beside import beside
from scaudit.scorecard.cards import ItemCard
from scaudit.scorecard.contradictions import contradictions
from scaudit.scorecard.firmness import firmness
from scaudit.scorecard.glance import glance
from scaudit.scorecard.letters import letters
from scaudit.scorecard.model import Asked, Frame, Ledger, Meaning
from scaudit.scorecard.moves import changes, closing
from scaudit.scorecard.numbers import numbers
from scaudit.scorecard.reasons import Citations, claim_lines, reasons, unknown
from scaudit.scorecard.synthetic import is_synthetic, marked
from scaudit.scorecard.timeline import timeline
from scaudit.scorecard.trajectory import trajectory
from scaudit.scorecard.viewpoints import viewpoints
from scaudit.scorecard.wording import body_name, listed, printed_day, reference, word


def item_card(results: Results, item_id: str, listed: int = LISTED) -> ItemCard:
    """The card of one item, with so many records listed at most. Raises UsageError where there is no such item."""
    item = results.item(item_id)
    records = results.item_records(item_id)
    citations = Citations(results)
    why = reasons(results, item_id, citations)
    told = numbers(results, item_id)
    annexes = letters(with_numbers=told is not None)
    return ItemCard(
        frame=frame(results, f"{item_id}: {item['title']}", f"{item_id}  {item['title']}"),
        asked=_asked(results, item_id),
        glance=glance(results, item_id),
        claims=claim_lines(results, item_id),
        reasons=why,
        closing=closing(results, item_id),
        changes=changes(results, item_id),
        unknown=unknown(results, item_id),
        timeline=timeline(results, item_id, citations.by_record, annexes),
        beside=beside(results, item_id),
        ladder=ladder(results),
        readings=readings(results, {item["source_id"], *(row["source_id"] for row in records)}),
        grades=_grades(records),
        uses=use_meanings(results, records),
        letters=annexes,
        numbers=told,
        annex=groups(results, item_id, listed),
        trajectory=trajectory(results, item_id),
        firmness=firmness(results, item_id, citations.by_record),
        contradictions=contradictions(results, item_id, citations.by_record),
        viewpoints=viewpoints(results, item_id),
        held=held(results, item_id),
        held_more=held_more(results, item_id),
    )


def frame(results: Results, document_title: str, running_title: str) -> Frame:
    """What every page of a document carries."""
    run = results.run
    return Frame(
        document_title=marked(results, f"{document_title}, edition {run['edition']}"),
        running_title=running_title,
        edition=run["edition"],
        as_of=printed_day(run["as_of"]),
        known_on=printed_day(run["known_on"]),
        ruleset=run["ruleset"],
        created=run["as_of"].isoformat(),
        synthetic=is_synthetic(results),
    )


def ledger(results: Results) -> Ledger:
    """Rows read, loaded and held in quarantine in the whole run."""
    return Ledger(results.run["read"], results.run["loaded"], results.run["quarantined"])


def ladder(results: Results) -> tuple[Meaning, ...]:
    """The seven rungs, from 0, each with what it means."""
    return tuple(
        Meaning(word(results.words, "rungs", str(rung)), word(results.words, "rungs_meaning", str(rung)))
        for rung in range(7)
    )


def _grades(records: list[Record]) -> tuple[Meaning, ...]:
    """The grades that occur in the records of a card, strongest first."""
    names = {row["grade"]: set[str]() for row in records}
    for row in records:
        names[row["grade"]].add(row["grade_name"])
    return tuple(Meaning(str(number), ", ".join(sorted(names[number]))) for number in sorted(names, reverse=True))


def _asked(results: Results, item_id: str) -> Asked:
    item = results.item(item_id)
    response = word(results.words, "responses", item["response"] or "none")
    answered = printed_day(item["response_on"])
    return Asked(
        item_id=item_id,
        is_concern=item["kind"] == "concern",
        kind=word(results.words, "item_kinds", item["kind"]),
        title=item["title"],
        summary=item["summary"] or "",
        issuer=body_name(results, item["issuer_id"]),
        accountable=body_name(results, item["accountable_id"]),
        others=_others(results, item_id),
        issued_on=printed_day(item["issued_on"]) or "no date",
        response="" if item["not_yet_asked"] else response + (f", {answered}" if answered else ""),
        target_on=printed_day(item["target_on"]),
        reference=reference(results, item["source_id"], item["locator"]),
        not_yet_asked=item["not_yet_asked"],
    )


def _others(results: Results, item_id: str) -> str:
    """Bodies beside the item's own that some of its asks were put to, by name."""
    asked = {body for ask in results.asks(item_id) for body in ask["accountable"]}
    return listed(sorted(body_name(results, body) for body in asked - {results.item(item_id)["accountable_id"]}))
