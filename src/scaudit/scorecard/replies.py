"""The right of reply: what bodies replied on an item, in their own words beside ours."""

from scaudit.document.attachment import Attachment
from scaudit.results import Results
from scaudit.rows import Reply
from scaudit.scorecard.model import Answer
from scaudit.scorecard.wording import body_name, printed_date, reference
from scaudit.slug import slug

PRINTED = 1200
"""Characters of a reply that a card prints; a longer one goes on in a file that is attached to it."""
_LONGEST_WORD = 200


def replies(results: Results, item_id: str) -> list[Reply]:
    """The replies on an item that had been made by the as-of day, the oldest first."""
    made = (row for row in _on(results, item_id) if row["replied_on"] <= results.run["as_of"])
    return sorted(made, key=lambda row: (row["replied_on"], row["reply_id"]))


def later_replies(results: Results, item_id: str) -> int:
    """How many replies on an item are known that were made after the as-of day: a card of that day has them."""
    return sum(row["replied_on"] > results.run["as_of"] for row in _on(results, item_id))


def answers(results: Results, item_id: str) -> tuple[Answer, ...]:
    """The replies on an item as its card has them."""
    return tuple(_answer(results, row) for row in replies(results, item_id))


def attached_replies(results: Results, item_id: str) -> tuple[Attachment, ...]:
    """The replies that are too long for the card, whole and word for word."""
    return tuple(
        Attachment(
            _name(row),
            f"Reply of {body_name(results, row['body_id'])}, {printed_date(row['replied_on_text'])}, whole",
            "Supplement",
            f"{row['words']}\n".encode(),
        )
        for row in replies(results, item_id)
        if _is_long(row)
    )


def _on(results: Results, item_id: str) -> list[Reply]:
    return [row for row in results.replies if row["item_id"] == item_id]


def _is_long(row: Reply) -> bool:
    return len(row["words"]) > PRINTED


def _name(row: Reply) -> str:
    return f"reply-{slug(row['reply_id'])}.txt"


def _answer(results: Results, row: Reply) -> Answer:
    return Answer(
        reply_id=row["reply_id"],
        body=body_name(results, row["body_id"]),
        day=printed_date(row["replied_on_text"]),
        words=_paragraphs(_cut(row["words"])),
        whole=_paragraphs(row["words"]),
        goes_on=_name(row) if _is_long(row) else "",
        reference=reference(results, row["source_id"], row["locator"]),
    )


def _cut(words: str) -> str:
    """What a card has room for, cut between words; within a word only where one is longer than a line or two."""
    if len(words) <= PRINTED:
        return words
    part = words[: PRINTED - 2]
    between = max(part.rfind(sign) for sign in " \n")
    return part[: between if between > PRINTED - _LONGEST_WORD else len(part)].rstrip() + " …"


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())
