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
    root = home / name
    if not (root / "ruleset.toml").is_file():
        known = ", ".join(sorted(path.parent.name for path in home.glob("*/ruleset.toml")))
        raise ProjectError(f'There is no ruleset "{name}"; set ruleset in scaudit.toml to one of: {known}.')
    settings = tomllib.loads((root / "ruleset.toml").read_text(encoding="utf-8"))
    files = _files(home, root, settings.get("base"))
    gates = [Table(gate, ("mark",), tuple((mark,) for mark in settings[gate])) for gate in GATES]
    return Ruleset(
        id=settings["id"],
        tables=(*(_table(path) for path in files if path.suffix == ".csv"), *gates),
        steps=tuple(Step(path.stem, path.read_text(encoding="utf-8")) for path in files if path.suffix == ".sql"),
        words=_toml(files, "words.toml"),
        reasons=_toml(files, "reasons.toml"),
        digest=_digest(files),
    )


def _files(home: Path, root: Path, base: str | None) -> list[Path]:
    """The files of a ruleset in the order of their names; its own take the place of its base's."""
    files = {path.name: path for path in (home / base).iterdir()} if base else {}
    files |= {path.name: path for path in root.iterdir()}
    return [files[name] for name in sorted(files)]


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
