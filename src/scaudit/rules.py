"""A ruleset: the method's tables, read from its folder, and its steps in order."""

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaudit.errors import ProjectError

RULESETS = Path(__file__).parent / "ruleset"
SETTINGS = "ruleset.toml"
GATES = ("held_back_reliability", "held_back_credibility", "held_back_kinds")
READ = (".csv", ".toml", ".sql")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


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
    """A ruleset as read: its id, its tables, its steps in the order of their numbers, and its printed words.

    `lineage` is its name and those of its bases, `files` what they were read from, by `name/file`.
    """

    id: str
    tables: tuple[Table, ...]
    steps: tuple[Step, ...]
    words: dict[str, dict[str, object]]
    reasons: dict[str, dict[str, str]]
    digest: str
    lineage: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

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
    found = [(folder, path) for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
    files = {f"{folder.name}/{path.name}": path.read_bytes() for folder, path in found}
    try:
        return read_ruleset(files, [folder.name for folder in folders])
    except (KeyError, ValueError) as error:
        reason = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise ProjectError(f"The ruleset {folders[0]} cannot be read: {reason}.") from error


def read_ruleset(files: Mapping[str, bytes], names: Sequence[str]) -> Ruleset:
    """The ruleset of the files `name/file`; `names` are its own and those of its bases, in this order.

    Nothing in the files is run. Raises KeyError for what it lacks, ValueError for what cannot be read.
    """
    settings: dict[str, Any] = {}
    merged: dict[str, bytes] = {}
    for name in reversed(names):
        own = {path.partition("/")[2]: content for path, content in files.items() if path.startswith(f"{name}/")}
        settings |= _toml(SETTINGS, own[SETTINGS])
        merged |= own
    gates = [Table(gate, ("mark",), tuple((mark,) for mark in settings[gate])) for gate in GATES]
    ordered = {name: merged[name] for name in sorted(merged)}
    return Ruleset(
        id=settings["id"],
        tables=(*(_table(file, text) for file, text in ordered.items() if file.endswith(".csv")), *gates),
        steps=tuple(Step(file[:-4], text.decode()) for file, text in ordered.items() if file.endswith(".sql")),
        words=_toml("words.toml", merged["words.toml"]),
        reasons=_toml("reasons.toml", merged["reasons.toml"]),
        digest=_digest(ordered),
        lineage=tuple(names),
        files={path: content for path, content in sorted(files.items()) if path.endswith(READ)},
    )


def lineage(name: str, own: Path | None = None, heirs: tuple[str, ...] = ()) -> list[Path]:
    """The folders of a ruleset and of its bases, its own first; each where `own` has it, or else as shipped."""
    homes = [home for home in (own, RULESETS) if home is not None]
    found = (home / name for home in homes if _NAME.fullmatch(name) and (home / name / SETTINGS).is_file())
    folder = next(found, None)
    if folder is None or name in heirs:
        raise ProjectError(_no_ruleset(homes, name, heirs))
    try:
        base = _toml(SETTINGS, (folder / SETTINGS).read_bytes()).get("base")
    except ValueError as error:
        raise ProjectError(f"The ruleset {folder} cannot be read: {error}.") from error
    return [folder, *(lineage(str(base), own, (*heirs, name)) if base else ())]


def _no_ruleset(homes: list[Path], name: str, heirs: tuple[str, ...]) -> str:
    known = ", ".join(sorted({path.parent.name for home in homes for path in home.glob(f"*/{SETTINGS}")}))
    place = f"as base in the ruleset {heirs[-1]}" if heirs else "in scaudit.toml"
    return f'There is no ruleset "{name}"; set it {place} to one of: {known}.'


def _toml(file: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except ValueError as error:
        raise ValueError(f"{file} is not valid TOML: {error}") from error


def _table(file: str, content: bytes) -> Table:
    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    return Table(file[:-4], tuple(header), tuple(tuple(cell or None for cell in row) for row in rows))


def _digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents, so that two rulesets with the same digest say the same."""
    total = hashlib.sha256()
    for name, content in files.items():
        total.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()
