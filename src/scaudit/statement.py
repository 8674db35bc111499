"""SQL steps kept as files of the package, and the one place where an identifier is written into SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path


def quoted(*names: str) -> str:
    """An identifier, or a dotted path of identifiers, as SQL text: quoted, with inner quotes doubled."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def quoted_list(names: tuple[str, ...]) -> str:
    """Identifiers separated by commas, each quoted."""
    return ", ".join(quoted(name) for name in names)


def literal(value: str) -> str:
    """A text as SQL text: for views, which keep their words and take no parameters."""
    return "'" + value.replace("'", "''") + "'"


def literal_list(values: Iterable[str]) -> str:
    """Texts as a list of SQL."""
    return f"[{', '.join(literal(value) for value in values)}]::varchar[]"


def as_pattern(path: Path) -> str:
    """A path as the database takes it: there, signs of a pattern would name other files."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path))


@cache
def _text(folder: str, name: str) -> str:
    return files("scaudit").joinpath(folder, f"{name}.sql").read_text(encoding="utf-8")


def statement(folder: str, name: str, **identifiers: str) -> str:
    """The SQL of one step with its `{placeholders}` filled by identifiers that went through `quoted`.

    Values never go this way: they are parameters of the statement. Only a view has them in its words, by `literal`.
    """
    # in one go, so that nothing in an identifier is taken for a placeholder
    return re.sub(r"\{(\w+)\}", lambda found: identifiers.get(found[1], found[0]), _text(folder, name))
