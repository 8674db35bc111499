"""Deliveries: the ledger of what was sent to whom, append-only, and the state in which that leaves each delivery.

A line is written before the work that it names, so that a run that is killed leaves word of how far it came. The ledger
is open for one write at a time, and never while a network is waited for.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

import duckdb

from scaudit.ledger import LEDGER, open_ledger
from scaudit.statement import statement

Channel = Literal["email", "folder"]
Reason = Literal["new", "changed", "correction", "again"]
Outcome = Literal[
    "preparing",
    "sending",
    "delivered",
    "failed for now",
    "failed for good",
    "possibly delivered",
    "given up",
    "skipped",
]
OPEN: tuple[Outcome, ...] = ("preparing", "failed for now")
"""States in which nothing has gone out, and a delivery is tried again."""
OUT: tuple[Outcome, ...] = ("sending", "delivered", "possibly delivered")
"""States in which a delivery has gone out, or may have."""
FAILED: tuple[Outcome, ...] = ("failed for good", "given up")
"""States in which nothing has gone out, and nothing will unless that is asked for."""


@dataclass(frozen=True)
class Line:
    """One line of the ledger: what became of one document of one delivery, and when (UTC).

    `digest` is the SHA-256 of the file that is sent, `substance` that of what it says. `message_id` names the mail; of
    a folder it is the place. `answer` is what the server said, or what went wrong. Lines written at once have one
    `number`, which the ledger gives.
    """

    delivery_id: str
    stakeholder_id: str
    edition: str
    document_id: str
    digest: str
    substance: str
    channel: Channel
    address: str
    reason: Reason
    why: str
    attempt: int
    outcome: Outcome
    at: datetime
    answer: str = ""
    message_id: str = ""
    next_try: datetime | None = None
    status: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    number: int = 0


@dataclass(frozen=True)
class Delivery:
    """A delivery as it stands: its last lines, one a document, how often it was tried and how often that failed."""

    lines: tuple[Line, ...]
    attempts: int
    failures: int

    @property
    def last(self) -> Line:
        """What all its lines have in common is read from this one."""
        return self.lines[0]

    @property
    def state(self) -> Outcome:
        """What became of it."""
        return self.last.outcome

    def told(self, outcome: Outcome, at: datetime, answer: str, next_try: datetime | None = None) -> list[Line]:
        """The lines that say what has become of it now."""
        return [replace(one, outcome=outcome, at=at, answer=answer, next_try=next_try) for one in self.lines]


def record(state: Path, lines: Sequence[Line]) -> None:
    """Add lines to the ledger, all or none; lines are never changed."""
    if not lines:
        return
    with open_ledger(state) as con:
        con.execute(statement("sql", "deliveries"))
        con.begin()
        ((number,),) = con.execute(statement("sql", "next_delivery")).fetchall()
        for line in lines:
            as_text = {"status": json.dumps(dict(line.status)), "words": json.dumps(dict(line.words))}
            con.execute(statement("sql", "add_delivery"), {**asdict(line), **as_text, "number": number})
        con.commit()


def past(state: Path) -> tuple[Line, ...]:
    """All lines of the ledger, the oldest first; empty where nothing was ever delivered."""
    if not (state / LEDGER).is_file():
        return ()
    with open_ledger(state) as con:
        con.execute(statement("sql", "deliveries"))
        return _lines(con)


def _lines(con: duckdb.DuckDBPyConnection) -> tuple[Line, ...]:
    answer = con.execute(statement("sql", "past_deliveries"))
    names = [column[0] for column in answer.description]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return tuple(
        Line(**{**row, "status": json.loads(row["status"]), "words": json.loads(row["words"])}) for row in rows
    )


def standing(lines: Iterable[Line]) -> tuple[Delivery, ...]:
    """Every delivery as its last lines leave it, in the order in which these were written."""
    events: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        events.setdefault((line.delivery_id, line.number), []).append(line)
    met = Counter((name, told[0].outcome) for (name, _), told in events.items())
    last = {name: tuple(told) for (name, _), told in events.items()}
    return tuple(
        Delivery(told, met[name, "preparing"], met[name, "failed for now"])
        for name, told in sorted(last.items(), key=lambda one: one[1][0].number)
    )


def editions(state: Path) -> set[str]:
    """The editions of which something has gone out, or may have."""
    if not (state / LEDGER).is_file():
        return set()
    with open_ledger(state) as con:  # once: every audit asks this twice
        con.execute(statement("sql", "deliveries"))
        lines, names = _lines(con), _doubted(con)
    return {one.last.edition for one in standing(lines) if one.state in OUT} | names


def doubted(state: Path) -> set[str]:
    """The editions of which nobody knows whether they have gone out, since the ledger that knew was damaged."""
    if not (state / LEDGER).is_file():
        return set()
    with open_ledger(state) as con:
        con.execute(statement("sql", "deliveries"))
        return _doubted(con)


def _doubted(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in con.execute(statement("sql", "doubted")).fetchall()}


def doubt(state: Path, names: Iterable[str]) -> None:
    """Write down editions of which nobody knows whether they have gone out."""
    with open_ledger(state) as con:
        con.execute(statement("sql", "deliveries"))
        for name in names:
            con.execute(statement("sql", "doubt"), [name])
