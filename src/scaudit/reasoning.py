"""Reasoning: everything that answers "why does this stand where it stands", for one item or criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from scaudit.errors import UsageError
from scaudit.results import Results
from scaudit.rows import Criterion, LeftOut, Move, Record, Rung, Seen, Shift


@dataclass(frozen=True)
class Explanation:
    """One criterion with its rungs, the records behind them, and what would move it (method, section 8)."""

    criterion: Criterion
    verified: Rung | None
    claimed: Rung | None
    standing: str | None
    would_raise: Move | None
    would_lower: Move | None
    records: tuple[Record, ...]
    seen: tuple[Seen, ...]
    shifts: tuple[Shift, ...]
    left_out: tuple[LeftOut, ...]

    def where(self, disposition: str) -> list[Record]:
        """The records that met one fate: counted, context, baseline, ..."""
        return [record for record in self.records if record["disposition"] == disposition]


def explanations(results: Results, target: str) -> list[Explanation]:
    """The explanations of an item, a criterion, or all criteria that share a bare id.

    Raises UsageError where nothing has that id, and names what comes near.
    """
    return [_explanation(results, row) for row in meant(results, target)]


def meant(results: Results, target: str) -> list[Criterion]:
    """The criteria that an id means, by id: of an item, of a bare id, or the one itself.

    Raises UsageError where nothing has that id, and names what comes near.
    """
    chosen = [row for row in results.criteria if _means(target, row)]
    if not chosen:
        raise UsageError(f"There is no item or criterion {target!r}; {_near(results, target)}.")
    return sorted(chosen, key=lambda row: row["criterion_id"])


def _means(target: str, row: Criterion) -> bool:
    """An id means itself; an item's id all its criteria; a bare id all its kinds (method, section 1)."""
    return target in (row["criterion_id"], row["item_id"]) or row["criterion_id"].startswith(f"{target}-")


def _explanation(results: Results, row: Criterion) -> Explanation:
    key = row["criterion_id"]
    is_claim = row["kind"] == "claim"
    return Explanation(
        criterion=row,
        verified=None if is_claim else results.rung(key, "verified"),
        claimed=None if is_claim else results.rung(key, "claimed"),
        standing=results.standings.get(key),
        would_raise=results.raising.get(key),
        would_lower=results.lowering.get(key),
        records=tuple(results.records_of(key)),
        seen=tuple(results.seen_of[key]),
        shifts=tuple(results.shifts_of[key]),
        left_out=tuple(results.left_out_of[key]),
    )


def explanations_json(results: Results, found: Sequence[Explanation]) -> dict[str, Any]:
    """For programs; schema scaudit/explain/1."""
    return {
        "schema": "scaudit/explain/1",
        **{key: results.run[key] for key in ("as_of", "known_on", "ruleset", "data_digest")},
        "criteria": [
            {
                "id": one.criterion["criterion_id"],
                "kind": one.criterion["kind"],
                "ask": one.criterion["ask"],
                "required": one.criterion["required"],
                "verified": one.verified,
                "claimed": one.claimed,
                "standing": one.standing,
                "would_raise": one.would_raise,
                "would_lower": one.would_lower,
                "records": one.records,
                "viewpoints": one.seen,
                "shifts": one.shifts,
                "left_out": one.left_out,
            }
            for one in found
        ],
    }


def _near(results: Results, target: str) -> str:
    ids = [row["criterion_id"] for row in results.criteria] + [row["item_id"] for row in results.items]
    near = get_close_matches(target, ids, n=3)
    return f"did you mean {' or '.join(near)}?" if near else "'scaudit audit' lists the items"
