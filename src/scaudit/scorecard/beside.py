"""The issuer's and the body's own words beside ours, and what ours would be called elsewhere."""

from datetime import date

from scaudit.results import Results
from scaudit.rows import Disposition, Item
from scaudit.scorecard.glance import extremes
from scaudit.scorecard.model import Beside, OwnWords
from scaudit.scorecard.replies import answers, later_replies
from scaudit.scorecard.wording import DONE, body_name, effective, item_word, printed_day, reference, word


def beside(results: Results, item_id: str) -> Beside:
    """Statements of the bodies on the item, verbatim, and the crosswalk of its weakest required ask."""
    item = results.item(item_id)
    own = sorted(
        (row for row in results.dispositions if row["item_id"] == item_id),
        key=lambda row: (row["stated_on"] or date.min, row["body_id"], row["disposition"]),
    )
    lowest = None if item["not_yet_asked"] else _lowest(results, item_id)
    crosswalk = results.words.get("crosswalk", {}).get(str(lowest)) if lowest is not None else None
    return Beside(
        own=tuple(_own(results, row) for row in own if not _later(results, row)),
        later=sum(_later(results, row) for row in own),
        ours=item_word(results, item, "verified"),
        weakest=extremes(results, item_id)[0],
        crosswalk=tuple((str(name), str(term)) for name, term in crosswalk.items())
        if isinstance(crosswalk, dict)
        else (),
        axes=_axes(results, item, lowest),
        replies=answers(results, item_id),
        later_replies=later_replies(results, item_id),
    )


def _later(results: Results, row: Disposition) -> bool:
    """A statement that had not been made on the as-of day has no place on the card of that day."""
    return row["stated_on"] is not None and row["stated_on"] > results.run["as_of"]


def _own(results: Results, row: Disposition) -> OwnWords:
    return OwnWords(
        day=printed_day(row["stated_on"]) or "no date",
        body=body_name(results, row["body_id"]),
        disposition=word(results.words, "dispositions", row["disposition"]),
        words=row["words"] or "",
        basis=row["basis_stated"] or "",
        reference=reference(results, row["source_id"], row["locator"]) if row["source_id"] else None,
    )


def _lowest(results: Results, item_id: str) -> int | None:
    required = (ask for ask in results.asks(item_id) if ask["required"])
    return min((effective(results.rung(ask["criterion_id"], "verified")) for ask in required), default=None)


def _axes(results: Results, item: Item, lowest: int | None) -> tuple[str, str, str] | None:
    """Name, terms and note of the vocabulary with two axes; recommendations only (method, section 6)."""
    if item["kind"] != "recommendation" or lowest is None or "axes" not in results.words:
        return None
    agreed = word(results.words, "axes", item["response"] or "none")
    done = word(results.words, "axes", "done" if lowest >= DONE else "not_done")
    return (
        word(results.words, "axes", "name"),
        f"{agreed}, {done.lower()}",
        word(results.words, "axes", "note"),
    )
