"""A ruleset: the method's tables, read from its folder, and its steps in order."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaudit.errors import ProjectError

RULESETS = Path(__file__).parent / "ruleset"
SETTINGS = "ruleset.toml"
GATES = ("held_back_reliability", "held_back_credibility", "held_back_kinds")


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

    def step(self, makes: str) -> Step:
        """The step that makes the table of this name."""
        return next(step for step in self.steps if step.name.partition("_")[2] == makes)


def load_ruleset(name: str, own: Path | None = None) -> Ruleset:
    """Read the ruleset `name`: from `own`, a project's folder of rulesets, where it is there, or of those shipped.

    A ruleset that only changes tables names another as its `base`: what it does not have itself, it takes from there.
    Raises ProjectError where there is no such ruleset, or where it cannot be read.
    """
    folders = lineage(name, own)
    settings: dict[str, Any] = {}
    merged: dict[str, Path] = {}
    for folder in reversed(folders):
        settings |= _toml(folder / SETTINGS)
        merged |= {path.name: path for path in folder.iterdir() if path.is_file()}
    files = [merged[key] for key in sorted(merged)]
    try:
        return _read(settings, merged, files)
    except (KeyError, ValueError) as error:
        reason = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise ProjectError(f"The ruleset {folders[0]} cannot be read: {reason}.") from error


def _read(settings: dict[str, Any], merged: dict[str, Path], files: list[Path]) -> Ruleset:
    gates = [Table(gate, ("mark",), tuple((mark,) for mark in settings[gate])) for gate in GATES]
    return Ruleset(
        id=settings["id"],
        tables=(*(_table(path) for path in files if path.suffix == ".csv"), *gates),
        steps=tuple(Step(path.stem, path.read_text(encoding="utf-8")) for path in files if path.suffix == ".sql"),
        words=_toml(merged["words.toml"]),
        reasons=_toml(merged["reasons.toml"]),
        digest=_digest(files),
    )


def lineage(name: str, own: Path | None = None, heirs: tuple[str, ...] = ()) -> list[Path]:
    """The folders of a ruleset and of its bases, its own first; each where `own` has it, or else as shipped."""
    homes = [home for home in (own, RULESETS) if home is not None]
    folder = next((home / name for home in homes if (home / name / SETTINGS).is_file()), None)
    if folder is None or name in heirs:
        raise ProjectError(_no_ruleset(homes, name, heirs))
    base = _toml(folder / SETTINGS).get("base")
    return [folder, *(lineage(str(base), own, (*heirs, name)) if base else ())]


def _no_ruleset(homes: list[Path], name: str, heirs: tuple[str, ...]) -> str:
    known = ", ".join(sorted({path.parent.name for home in homes for path in home.glob(f"*/{SETTINGS}")}))
    place = f"as base in the ruleset {heirs[-1]}" if heirs else "in scaudit.toml"
    return f'There is no ruleset "{name}"; set it {place} to one of: {known}.'


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ProjectError(f"{path} is not valid TOML: {error}.") from error


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
