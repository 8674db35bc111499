"""A ruleset: the method's tables, read from its folder, and its steps in order."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaudit.errors import ProjectError

RULESETS = Path(__file__).parent / "ruleset"
GATES = ("held_back_reliability", "held_back_credibility")


@dataclass(frozen=True)
class Table:
    """One table of a ruleset: all cells are text; an empty cell is None."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class Step:
    """One step of a ruleset: the SQL that makes the table it is named for."""

    name: str
    sql: str


@dataclass(frozen=True)
class Ruleset:
    """A ruleset as read: its id, its tables, its steps in the order of their numbers, and its printed words."""

    id: str
    tables: tuple[Table, ...]
    steps: tuple[Step, ...]
    words: dict[str, dict[str, object]]
    reasons: dict[str, dict[str, str]]
    digest: str

    def table(self, name: str) -> tuple[dict[str, str | None], ...]:
        """The rows of one table as dictionaries."""
        found = next(table for table in self.tables if table.name == name)
        return tuple(dict(zip(found.columns, row, strict=True)) for row in found.rows)


def load_ruleset(name: str, folder: Path | None = None) -> Ruleset:
    """Read the ruleset `name` from `folder` (default: those shipped with the engine).

    A ruleset that only changes tables names another as its `base`: what it does not have itself, it takes from there.
    Raises ProjectError where there is no such ruleset.
    """
    home = folder or RULESETS
    settings, files = _gather(home, name)
    gates = [Table(gate, ("mark",), tuple((mark,) for mark in settings[gate])) for gate in GATES]
    return Ruleset(
        id=settings["id"],
        tables=(*(_table(path) for path in files if path.suffix == ".csv"), *gates),
        steps=tuple(Step(path.stem, path.read_text(encoding="utf-8")) for path in files if path.suffix == ".sql"),
        words=_toml(files, "words.toml"),
        reasons=_toml(files, "reasons.toml"),
        digest=_digest(files),
    )


def _gather(home: Path, name: str, wanted_by: tuple[str, ...] = ()) -> tuple[dict[str, Any], list[Path]]:
    """Settings and files of a ruleset in the order of their names; its own take the place of its base's."""
    root = home / name
    if name in wanted_by or not (root / "ruleset.toml").is_file():
        raise ProjectError(_no_ruleset(home, name, wanted_by))
    own = tomllib.loads((root / "ruleset.toml").read_text(encoding="utf-8"))
    settings, files = _gather(home, own["base"], (*wanted_by, name)) if "base" in own else ({}, [])
    merged = {path.name: path for path in (*files, *root.iterdir()) if path.is_file()}
    return {**settings, **own}, [merged[key] for key in sorted(merged)]


def _no_ruleset(home: Path, name: str, wanted_by: tuple[str, ...]) -> str:
    known = ", ".join(sorted(path.parent.name for path in home.glob("*/ruleset.toml")))
    place = f"as base in the ruleset {wanted_by[-1]}" if wanted_by else "in scaudit.toml"
    return f'There is no ruleset "{name}"; set it {place} to one of: {known}.'


def _toml(files: list[Path], name: str) -> dict[str, Any]:
    return tomllib.loads(next(path for path in files if path.name == name).read_text(encoding="utf-8"))


def _table(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    return Table(path.stem, tuple(header), tuple(tuple(cell or None for cell in row) for row in rows))


def _digest(files: list[Path]) -> str:
    """SHA-256 over names and contents, so that two rulesets with the same digest say the same."""
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
