"""Unchanged: cards of a published edition that say what cards made now would say. Their files are taken over."""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from scaudit import made
from scaudit.manifests import MANIFEST, manifest
from scaudit.scorecard.card_json import lines
from scaudit.scorecard.documents import OVERVIEW
from scaudit.scorecard.edition import Written
from scaudit.scorecard.groups import Group


@dataclass(frozen=True)
class Making:
    """What the cards of a run are made of, as digests: what all share, and what is each item's own.

    Both are empty where the results were made by an engine that kept none; then nothing is known to be unchanged.
    """

    shared: str = ""
    items: Mapping[str, str] = field(default_factory=dict)

    def with_groups(self, groups: Sequence[Group]) -> "Making":
        """The same, with the cards of groups, which are made of what those of their items are made of."""
        if not self.items:
            return self
        found = {group.subject: self._of_group(group) for group in groups}
        return replace(self, items={**self.items, **found})

    def _of_group(self, group: Group) -> str:
        parts = [group.by, group.id, group.name, *(f"{item} {self.items[item]}" for item in group.items)]
        return hashlib.sha256(lines(parts).encode()).hexdigest()

    def told(self, item_id: str, card: Written) -> Written:
        """A card with a row that tells what it was made of, if that is known."""
        own = self.items.get(item_id)
        return replace(card, row={**(card.row or {}), "results": own}) if own else card


def making(con: duckdb.DuckDBPyConnection, besides: Mapping[str, object]) -> Making:
    """What the cards of these results are made of; `besides` is what shapes them and the results do not know."""
    parts = made.of_run(con)
    told = lines({**parts, **besides}).encode()
    items = {item_id: one.results for item_id, one in made.of_items(con).items()}
    return Making(hashlib.sha256(told).hexdigest(), items) if parts else Making()


def unchanged(folder: Path, now: Making, items: Collection[str]) -> frozenset[str]:
    """Which of these items have a card in the edition in `folder` that is made of what it would be made of now."""
    listed = manifest(folder)
    if not now.shared or listed.get("made_from") != now.shared:
        return frozenset()
    found = {one["id"]: one.get("results") for one in listed["documents"]}
    return frozenset(item for item in items if item in now.items and found.get(item) == now.items[item])


def to_take_over(folder: Path, items: Collection[str], now: Making) -> dict[str, Written]:
    """The cards of these items that can be taken over out of the edition in `folder`, by item.

    A card of which a file is gone, or was touched since the edition was made, is not among them. Of one that shares
    not all that cards are made of `now`, the row no longer tells what it is made of.
    """
    listed = manifest(folder)
    if not listed:
        return {}
    files = {one["path"]: one for one in listed["files"]}
    moment = (folder / MANIFEST).stat().st_mtime_ns
    alike = listed.get("made_from") == now.shared
    found: dict[str, Written] = {}
    for row in listed["documents"]:
        paths = [*row["files"].values()]
        if row["id"] != OVERVIEW and row["id"] in items and _as_made(folder, paths, files, moment):
            known = {**row} if alike else {key: row[key] for key in row if key != "results"}
            found[row["id"]] = Written(tuple(files[path] for path in paths), known)
    return found


def take_over(folder: Path, staged: Path, cards: Iterable[Written]) -> None:
    """Put cards, as they are in the edition in `folder`, into the staged one, without copying."""
    _link_all(folder, staged, [file["path"] for card in cards for file in card.files])


def _as_made(folder: Path, paths: Collection[str], listed: Mapping[str, Any], moment: int) -> bool:
    """Whether all files are there, and none was written after the manifest, which is written last."""
    try:
        return all(path in listed and os.stat(f"{folder}/{path}").st_mtime_ns <= moment for path in paths)  # noqa: PTH116
    except OSError:
        return False


def _link_all(source: Path, target: Path, paths: Sequence[str]) -> None:
    """Files of one folder in another too, of the same names. They may be thousands, so names are not taken apart."""
    for parent in {path.rpartition("/")[0] for path in paths}:
        (target / parent).mkdir(parents=True, exist_ok=True)
    for path in paths:
        _link(f"{source}/{path}", f"{target}/{path}")


def _link(source: str, target: str) -> None:
    """One file under a second name; a copy where the file system knows no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
