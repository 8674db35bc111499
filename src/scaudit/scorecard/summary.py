"""From results without records to the view model of a summary: one body's items, one programme's, or all of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from string import ascii_uppercase

from scaudit.results import Results
from scaudit.rows import Item
from scaudit.rows_counted import HeldCount
from scaudit.scorecard.all_numbers import all_numbers
from scaudit.scorecard.annex import USES, held, held_more, readings, touches
from scaudit.scorecard.build import frame, ladder, ledger
from scaudit.scorecard.glance import flag_meanings, steps
from scaudit.scorecard.group_json import group_json
from scaudit.scorecard.groups import Group
from scaudit.scorecard.model import AskedOf
from scaudit.scorecard.overview import bars_picture, bars_unit, main_gap, skyline_words
from scaudit.scorecard.questions import Question, asked_of, open_asks, questions, why_words
from scaudit.scorecard.said import Said
from scaudit.scorecard.shapes import Bar, NamedDay, Step
from scaudit.scorecard.standouts import breakdowns, count_of, first_sentences, gaps, headline, moved, oldest
from scaudit.scorecard.summaries import Letters, Pair, Pairs, SummaryCard, SummaryLine
from scaudit.scorecard.tallies import Told, own
from scaudit.scorecard.timeline import reference_days
from scaudit.scorecard.wording import DONE, count, flag_words, inner, item_word, listed, printed_day, sentence, word
from scaudit.slug import slug

_KINDS = {"all": "Overview", "body": "Accountable body", "programme": "Programme"}
_ISSUERS = 6  # that are named under the heading
_HELD = 40  # rows in quarantine that a summary of many names one by one


def summary_card(results: Results, group: Group, told: Told | None = None, said: Said | None = None) -> SummaryCard:
    """The page of a group of items. `told` is its data, where somebody has made it already.

    Of all items `said` has what there is to say of each; then `results` need not have them.
    """
    told = told or group_json(results, group)
    counted = told["counts"]
    bars = tuple(
        Bar(row["rung"], word(results.words, "rungs", str(row["rung"])), row["verified"], row["claimed"])
        for row in counted["rungs"]
    )
    asked = () if group.is_large else _asked_of(results, group)
    card = SummaryCard(
        frame=frame(results, _heading(group), _running(group)),
        kind=_KINDS[group.by],
        heading=_heading(group),
        theirs=group.name if group.by == "body" else "",
        how=_how(group),
        asked_by=_asked_by(told),
        not_yet=_not_yet(told),
        headline=headline(told),
        stands_out=first_sentences(told),
        statuses=_statuses(results, told),
        lines=() if group.is_large else tuple(_line(results, results.item(key), group) for key in group.items),
        bars=bars,
        bars_unit=bars_unit(bars),
        bars_picture=bars_picture(bars),
        gaps=gaps(told),
        oldest=oldest(told),
        moved=moved(told),
        moved_since=printed_day(results.earlier.day) if results.earlier else "",
        moved_labels=listed(results.earlier.labels) if results.earlier else "",
        breakdowns=breakdowns(told),
        claims=_claims(results, told),
        flags=flag_meanings(results, _flags(told)),
        ladder=ladder(results),
        unknown=() if group.is_large else _unknown(told),
        unknown_said=_unknown_said(told),
        questions=asked,
        questions_said=_questions_said(results, said.why if said else _why(results, group)),
        within=word(results.words, "questions", "within"),
        letters=_letters(group, bool(asked), numbers=False),
        by=group.by,
    )
    return _of_the_run(results, group, card, said) if group.by == "all" else _of_the_items(results, group, card)


def _of_the_run(results: Results, group: Group, card: SummaryCard, said: Said | None) -> SummaryCard:
    """What only the page on all items says: of the records, the numbers, the quarantine of the whole run."""
    found = said.uses if said else results.all_uses
    numbers = all_numbers(results)
    few = results.run["quarantined"] <= _HELD
    return replace(
        card,
        uses=tuple((word(results.words, "records", use).lower(), found[use]) for use in USES if found.get(use)),
        readings=readings(results, results.sources),
        named=tuple(NamedDay("", printed_day(row["day"]), row["label"]) for row in reference_days(results)),
        numbers=numbers,
        letters=_letters(group, bool(card.questions), numbers=numbers is not None),
        held=held(results) if few else (),
        held_counts=() if few else tuple(_held_count(row) for row in results.held_counts[:_HELD]),
        ledger=ledger(results),
    )


def _held_count(row: HeldCount) -> tuple[str, str, str]:
    return row["table_name"], f"{row['rule']}: {row['reason']}", f"{row['held']:,}"


def _of_the_items(results: Results, group: Group, card: SummaryCard) -> SummaryCard:
    """Rows in quarantine that touch an item of a small group; of a large one the items' own cards name them."""
    if group.is_large:
        return card
    touching = tuple(row for row in results.quarantine if any(touches(row, key) for key in group.items))
    part = replace(results, quarantine=touching)
    return replace(card, held=held(part), held_more=held_more(part))


def _heading(group: Group) -> str:
    return group.name if group.by != "all" else f"All {len(group.items):,} items at a glance"


def _running(group: Group) -> str:
    return group.name if group.by != "all" else "Overview"


def _how(group: Group) -> str:
    """How the items were gathered."""
    if group.by == "body":
        return (
            f"The items of which {group.name} answers for one ask at least. Statuses are those of whole items; "
            "counts of asks are of those that were put to it."
        )
    return f"The items on {group.name}." if group.by == "programme" else ""


def _asked_by(told: Told) -> tuple[str, ...]:
    """Who asked how many things; where that is many bodies, only how many."""
    found = Counter((item["kind"], item["issuer"]) for item in told["items"])
    ordered = sorted(found, key=lambda key: (key[0] == "concern", -found[key], key))
    if len(found) <= _ISSUERS:
        return tuple(f"{count_of(found[kind, issuer], kind)} of {issuer}" for kind, issuer in ordered)
    kinds = Counter(item["kind"] for item in told["items"])
    bodies = Counter(kind for kind, _ in found)
    names = [kind for kind in ("recommendation", "concern") if kinds[kind]]
    return tuple(f"{count_of(kinds[kind], kind)} of {count(bodies[kind], 'body', 'bodies')}" for kind in names)


def _not_yet(told: Told) -> str:
    waiting = told["counts"]["items"] - told["counts"]["asked"]
    return f"{waiting:,} of {count_of(told['counts']['items'], 'item')} had not been asked" if waiting else ""


def _statuses(results: Results, told: Told) -> tuple[Pairs, ...]:
    """How many items have which status, recommendations and concerns apart, in the words of the evidence."""
    found = []
    for kind, title in (("recommendation", "Recommendations"), ("concern", "Concerns")):
        rows = [row for row in told["counts"]["statuses"] if row["kind"] == kind]
        pairs = tuple(
            Pair(_status_word(results, told, kind, row["status"]), row["verified"], row["claimed"]) for row in rows
        )
        said = "; ".join(f"{inner(one.word)} {one.verified} shown, {one.claimed} said" for one in pairs)
        if pairs:
            found.append(Pairs(title, pairs, f"{title} by status: {said}."))
    return tuple(found)


def _status_word(results: Results, told: Told, kind: str, status: str) -> str:
    """The word of a status as the items of the group have it; where none has it, as the ruleset has it."""
    words = {
        item["words"]["verified"]
        for item in told["items"]
        if item["kind"] == kind and item["status"]["verified"] == status and not item["not_yet_asked"]
    }
    return " / ".join(sorted(words)) or word(results.words, f"status_{kind}", status)


def _line(results: Results, item: Item, group: Group) -> SummaryLine:
    item_id = item["item_id"]
    rows = _own_steps(results, item_id, group)
    required = [step for step in rows if step.required]
    done = sum(step.shown >= DONE for step in required)
    verified = results.status(item_id, "verified")
    return SummaryLine(
        item_id=item_id,
        title=item["title"],
        accountable=results.bodies.get(item["accountable_id"], item["accountable_id"]),
        verified=item_word(results, item, "verified"),
        claimed=item_word(results, item, "claimed"),
        flags=() if item["not_yet_asked"] else flag_words(results.words, verified["flags"]),
        steps=rows,
        picture=skyline_words(item_id, rows),
        met=f"{done} of {len(required)} met",
        gap=main_gap(rows, not_yet=item["not_yet_asked"]),
        card=f"{slug(item_id)}.html",
    )


def _own_steps(results: Results, item_id: str, group: Group) -> tuple[Step, ...]:
    rows = steps(results, item_id)
    if group.by != "body":
        return rows
    return tuple(step for step in rows if group.id in results.criterion[step.criterion_id]["accountable"])


def _claims(results: Results, told: Told) -> tuple[tuple[str, int], ...]:
    found = told["counts"]["claims"]
    order = [*results.words.get("claims", {}), *sorted(set(found).difference(results.words.get("claims", {})))]
    return tuple((word(results.words, "claims", one), found[one]) for one in order if found.get(one))


def _flags(told: Told) -> set[str]:
    return {flag for item in told["items"] for one in (item, *own(item, told)) for flag in one["flags"]}


def _unknown(told: Told) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = (
        (item["id"], tuple(_name(ask) for ask in own(item, told) if not ask["rung"]["verified"]))
        for item in told["items"]
    )
    return tuple((item_id, names) for item_id, names in found if names)


def _name(ask: Told) -> str:
    plain = ask["id"].rsplit("/", 1)[-1]
    return plain if ask["required"] else f"{plain} (not required)"


def _unknown_said(told: Told) -> str:
    """How many required asks are unknown, of how many items."""
    found = sum(
        any(ask["required"] and not ask["counts_as"]["verified"] for ask in own(item, told))
        for item in told["items"]
        if not item["not_yet_asked"]
    )
    asks = count_of(told["counts"]["required"], "required ask")
    return f"{told['counts']['unknown']:,} of {asks}, of {count_of(found, 'item')}, are unknown" if found else ""


def _questions(results: Results, group: Group) -> list[Question]:
    """The questions on the items of a group; on a body's page those to it, and it is addressed first."""
    found = questions(results, group.items)
    if group.by != "body":
        return list(found)
    return [_to(one, group.name) for one in found if group.id in one.body_ids]


def _to(one: Question, name: str) -> Question:
    others = tuple(other for other in (one.body, *one.others) if other != name)
    return replace(one, body=name, others=others)


def _asked_of(results: Results, group: Group) -> tuple[AskedOf, ...]:
    return asked_of(results, _questions(results, group))


def _why(results: Results, group: Group) -> Counter[str]:
    """How many questions are open on the items of a group for which reason; on a body's page of those to it."""
    return Counter(
        why for ask, why in open_asks(results, group.items) if group.by != "body" or group.id in ask["accountable"]
    )


def _questions_said(results: Results, why: Mapping[str, int]) -> str:
    """How many questions are open, and why they are asked."""
    found = Counter({why_words(results, one): many for one, many in why.items()})
    by = listed([f"{found[words]:,} ({words})" for words in sorted(found, key=lambda one: (-found[one], one))])
    number = found.total()
    return sentence(f"{count_of(number, 'question')} {'is' if number == 1 else 'are'} open: {by}") if found else ""


def _letters(group: Group, asked: bool, *, numbers: bool) -> Letters:
    left = iter(ascii_uppercase)
    parts = (not group.is_large, asked, numbers, group.by == "all" or not group.is_large)
    return Letters(*(next(left) if there else "" for there in parts))
