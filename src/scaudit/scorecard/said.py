"""Said: what the pages on all items say of each, as texts ready for them, where the items are many.

An item that stays as it was says what it said before. So of ten thousand items only those that changed are told anew
(scaudit.saying), and nothing else of the others is read.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scaudit.results import Results
from scaudit.scorecard.card_json import audit_item, audit_shell, in_lines, within
from scaudit.scorecard.group_json import Told, told_items
from scaudit.scorecard.groups import Group, Placed
from scaudit.scorecard.questions import in_questions, question_lines, questions
from scaudit.scorecard.statuses import in_statuses, status_lines
from scaudit.scorecard.substance import asks_of, lasting_entry


class ItemSaid(NamedTuple):
    """What the pages on all items say of one.

    `told` is its entry in the data of the overview, `line` its line in statuses.csv, `audited` its entry in audit.json,
    `asked` its lines in questions.csv, and `why` says why each of these is asked. `bodies` and `programme` are the
    groups to which it belongs. `substance` is the digest of what it says, whatever the edition.
    """

    item_id: str
    bodies: tuple[str, ...]
    programme: str
    told: str
    line: str
    audited: str
    asked: str
    why: tuple[str, ...]
    substance: str


@dataclass(frozen=True)
class Said:
    """The same of all items of a run, in the order of pages; `uses` is how many of all records became what."""

    items: tuple[ItemSaid, ...]
    uses: Mapping[str, int]

    @cached_property
    def told(self) -> list[Told]:
        """The entries in the data of the overview, as data."""
        return list(json.loads("[" + ",".join(one.told for one in self.items) + "]"))

    @cached_property
    def group(self) -> Group:
        """All items of the run."""
        return Group("all", "", "", tuple(one.item_id for one in self.items))

    @cached_property
    def placed(self) -> list[Placed]:
        """To which groups the items belong."""
        return [Placed(one.item_id, one.bodies, one.programme) for one in self.items]

    @cached_property
    def why(self) -> Counter[str]:
        """How many questions are open for which reason."""
        return Counter(why for one in self.items for why in one.why)

    def data(self, told: Mapping[str, Any]) -> str:
        """The data of the overview as text, of which `told` is the value."""
        return in_lines({**told, "items": ()}, "items", [one.told for one in self.items])

    def statuses(self) -> str:
        """The text of statuses.csv."""
        return in_statuses("".join(one.line for one in self.items))

    def audit(self, results: Results, files: Sequence[str]) -> str:
        """The text of audit.json; `results` are for what is said of the run."""
        return in_lines(audit_shell(results, files), "items", [one.audited for one in self.items])

    def questions(self) -> str:
        """The text of questions.csv."""
        return in_questions("".join(one.asked for one in self.items))

    def substance(self, *others: str) -> str:
        """The digest of what the overview says: of that of every item, and of texts on what concerns none."""
        parts = [*others, *(one.substance for one in self.items)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def say(results: Results, items: Sequence[str], answer_days: int) -> Iterator[ItemSaid]:
    """What the pages on all items say of some."""
    shell = {"as_of": results.run["as_of"].isoformat(), "group": {"by": "all"}}
    for item_id, told in zip(items, told_items(results, items), strict=True):
        found = questions(results, [item_id])
        yield ItemSaid(
            item_id=item_id,
            bodies=tuple(told["of"]),
            programme=told.get("programme", ""),
            told=within(told),
            line=status_lines({**shell, "items": [told]}),
            audited=within(audit_item(results, item_id)),
            asked=question_lines(found, answer_days),
            why=tuple(one.why for one in found),
            substance=hashlib.sha256(within([lasting_entry(told), asks_of(results, item_id)]).encode()).hexdigest(),
        )
