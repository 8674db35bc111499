"""The story of a run as Prefect shows it: how far it is, what moved since the edition before, and why it failed."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
from prefect import get_run_logger
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from scaudit.audited import Outcome
from scaudit.errors import ScauditError, cause
from scaudit.history import compare_runs
from scaudit.ledger import done_runs
from scaudit.manifests import manifest
from scaudit.order import Order
from scaudit.outcome import rows
from scaudit.project import Project
from scaudit.results import Results
from scaudit.scorecard.wording import flag_words, status_word
from scaudit.warehouse import open_published

SHOWN = 500  # rows of an artifact; `scaudit check` shows all of the quarantine, the overview all statuses
EVERY = 5.0  # seconds between two signs of life
READINGS = ("verified", "claimed")
COMPARED = 5_000  # rows read up to which two runs are scored again, to name the records that moved something
COUNTED = re.compile(r"(\d+) of (\d+)")

Statuses = Mapping[str, Mapping[str, str]]
"""The codes of both readings of each item."""


class Progress:
    """How far a run has come: lines in its log, and the share of the cards that are rendered, at times."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._told = clock, -EVERY
        self._artifact: UUID | None = None

    def __call__(self, phrase: str) -> None:
        """Tell; of cards, of which there may be thousands, only at times and at the end."""
        counted = COUNTED.search(phrase)
        done, of = (int(number) for number in counted.groups()) if counted else (0, 0)
        now = self._clock()
        if counted and done < of and now - self._told < EVERY:
            return
        get_run_logger().info(phrase)
        if counted:
            self._told = now
            self._show(100 * done / max(of, 1))

    def _show(self, share: float) -> None:
        if self._artifact:
            update_progress_artifact(self._artifact, share)
            return
        made = create_progress_artifact(share, key="audit-progress", description="Scorecards rendered")
        self._artifact = made if isinstance(made, UUID) else None


def statuses(project: Project) -> dict[str, dict[str, str]]:
    """How each item stands in the edition published last; nothing where there is none."""
    with suppress(ScauditError, duckdb.Error), open_published(project.state) as con:
        (run,) = rows(con, "run")
        listed = manifest(project.reports / run["edition"]).get("documents", [])
        return {one["id"]: one["status"] for one in listed if one.get("status")}
    return {}


def tell(project: Project, order: Order, outcome: Outcome, before: Statuses) -> None:
    """Show an audit in Prefect: statuses and what moved, quarantine, and where the PDFs lie."""
    run = outcome.results.run
    named = f"Edition {run['edition']}, as of {run['as_of']}, known on {run['known_on']}"
    now = standing(outcome.results)
    moved = [item for item, was in before.items() if item in now and now[item] != was]
    by = movers(project, order) if moved and run["read"] <= COMPARED else {}
    create_table_artifact(
        status_rows(outcome.results, before, by),
        key="audit-status",
        description=f"{named}: {len(moved)} items moved since the edition published before" if before else named,
    )
    create_table_artifact(
        quarantine_rows(outcome.results),
        key="audit-quarantine",
        description=f"{named}: {run['read']} rows read, {run['loaded']} loaded, {run['quarantined']} in quarantine",
    )
    shown = links(project.reports / run["edition"], outcome.files)
    create_markdown_artifact(shown, key="audit-scorecards", description=named)


def status_rows(
    results: Results, before: Statuses | None = None, by: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """One row an item, those that moved first: its statuses now and before, what moved it, asks met, and flags."""
    found = [
        _row(results, item, (before or {}).get(item["item_id"], {}), before, by or {}) for item in results.ordered_items
    ]
    found.sort(key=lambda row: row["moved"] == "")
    if len(found) > SHOWN:
        found[SHOWN:] = [{"item": f"and {len(found) - SHOWN} more; the overview has all"}]
    return found


def _row(
    results: Results, item: Any, was: Mapping[str, str], before: Statuses | None, by: Mapping[str, str]
) -> dict[str, Any]:
    key = item["item_id"]
    verified = results.status(key, "verified")

    def word(reading: str, code: str) -> str:
        return status_word(results.words, item["kind"], reading, code) if code else ""

    now = {reading: results.status(key, reading)["status"] for reading in READINGS}
    moved = "" if not before or was == now else "moved" if was else "new"
    return {
        "item": key,
        **{reading: word(reading, code) for reading, code in now.items()},
        **{f"{reading} before": word(reading, was.get(reading, "")) for reading in READINGS},
        "moved": moved,
        "moved by": by.get(key, "") if moved == "moved" else "",
        "progress": f"{verified['met_low']} to {verified['met_high']} of {verified['required']}",
        "flags": ", ".join(flag_words(results.words, verified["flags"])),
    }


def standing(results: Results) -> dict[str, dict[str, str]]:
    """How each item stands in some results, as a manifest has it."""
    keys = [item["item_id"] for item in results.items]
    return {key: {reading: results.status(key, reading)["status"] for reading in READINGS} for key in keys}


def movers(project: Project, order: Order) -> dict[str, str]:
    """What moved each item since the run before: records by id, or else rules, days, settings; nothing if unknown."""
    done = done_runs(project.state)
    try:
        found = compare_runs(_asking(project, order), ("previous", "last")) if len(done) > 1 else None
    except ScauditError as error:
        get_run_logger().info(f"What moved cannot be named: {error}")
        return {}
    named: dict[str, dict[str, None]] = {}
    for one in found.movements if found else ():
        what = named.setdefault(one.ask["item_id"], {})
        for reading, why in one.whys.items():
            records = [mover["evidence_id"] for mover in one.movers.get(reading, ())]
            what |= dict.fromkeys(records or [name.replace("_", " ") for name in why.causes])
    return {item: ", ".join(names) for item, names in named.items()}


def _asking(project: Project, order: Order) -> Order:
    """A question of its own, in a workplace of its own."""
    return Order(project.root, order.as_of, order.known_on, f"{order.run_id}-compared")


def quarantine_rows(results: Results) -> list[dict[str, Any]]:
    """One row a fault, with its place and reason; a single row that says so where nothing is held."""
    faults = results.quarantine
    if not faults:
        return [{"reason": "nothing in quarantine"}]
    found: list[dict[str, Any]] = [dict(fault) for fault in faults[:SHOWN]]
    if len(faults) > SHOWN:
        found.append({"reason": f"and {len(faults) - SHOWN} more; scaudit check shows all"})
    return found


def links(folder: Path, files: Sequence[str]) -> str:
    """The scorecards of the edition, PDFs and HTML, as a list of links, in Markdown."""
    cards = sorted((path for path in files if path.endswith((".pdf", ".html"))), key=lambda path: "/" in path)
    more = [f"\nand {len(cards) - SHOWN} more in {folder.name}"] if len(cards) > SHOWN else []
    return "\n".join([*(f"- [{path}](<{(folder / path).as_uri()}>)" for path in cards[:SHOWN]), *more])


def failure(error: Exception, edition: str, as_of: date) -> str:
    """Why a run failed, in one sentence, which is shown as an artifact too; what nobody foresaw is in the log whole."""
    told = str(error)
    if not isinstance(error, ScauditError):
        told = f"A mistake in scaudit itself ({type(error).__name__}: {cause(error)}); its log has the whole of it."
        get_run_logger().error(told, exc_info=error)
    create_markdown_artifact(
        f"**Edition {edition or as_of}, as of {as_of}, was not published.** {told}\n\nThe edition before it stays.",
        key="audit-failure",
        description=told,
    )
    return told
