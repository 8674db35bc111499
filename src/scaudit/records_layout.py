"""Layouts of record-level files: which columns a publisher's files have, what they hold, and what is no value there."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from scaudit.errors import ProjectError
from scaudit.project import SETTINGS_FILE, Project, Words, read_toml

Kind = Literal["text", "date", "timestamp", "integer", "boolean"]

_APART = re.compile(r"[\W_]+")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RecordColumn(_Strict):
    """One column of a table of records: its name in the files, other names it goes by, and what it holds."""

    name: Words
    type: Kind
    required: bool = False
    alternatives: tuple[Words, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names it goes by, the first that a file has is taken."""
        return (self.name, *self.alternatives)


class Layout(_Strict):
    """A layout: inputs/layouts/<name>.toml. `lines_above` are the lines of a sheet before the column names.

    Cells that hold one of `redactions` or of `empty` are null, whatever their case and the space around them. Dates
    that are not ISO are read by `date_formats`, as strptime has them, the first that fits. `unused` are columns that
    are known and not read.
    """

    title: Words
    publisher: Words
    source: Words
    lines_above: tuple[Annotated[int, Field(ge=0, le=1000)], ...] = (0,)
    sheets: Literal["all"] | tuple[Words, ...] = "all"
    redactions: tuple[Words, ...] = ()
    empty: tuple[Words, ...] = ()
    date_formats: tuple[Words, ...] = ()
    unused: tuple[Words, ...] = ()
    columns: Annotated[dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], RecordColumn], Field(min_length=1)]

    @field_validator("lines_above", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, int) else value

    @model_validator(mode="after")
    def _each_name_once(self) -> Layout:
        owners: dict[str, str] = {}
        for target, column in self.columns.items():
            for name in column.names:
                owner = owners.setdefault(plain_name(name), target)
                if owner != target:
                    raise ValueError(f"'{name}' names both {owner} and {target}")
        return self

    @property
    def marks(self) -> dict[str, str]:
        """The marks of redaction as they are compared, and as the layout has them."""
        return {mark.strip().lower(): mark for mark in reversed(self.redactions)}

    @property
    def blanks(self) -> tuple[str, ...]:
        """The words for nothing, as they are compared; the empty cell is one of them."""
        return ("", *(word.strip().lower() for word in self.empty))


def plain_name(name: str) -> str:
    """A column name as it is compared: no case, and one space for whatever is neither letter nor digit."""
    return _APART.sub(" ", name.casefold()).strip()


def load_layout(project: Project, table: str) -> Layout:
    """The layout of a table of records, with the columns required that the settings want.

    Raises ProjectError where there is none of that name, or a wrong one.
    """
    wanted = project.settings.records[table]
    layout = _read_layout(project, wanted.layout)
    if wanted.required is None:
        return layout
    strange = [target for target in wanted.required if target not in layout.columns]
    if strange:
        raise ProjectError(f"{SETTINGS_FILE}: records.{table}.required: the layout has no column '{strange[0]}'.")
    columns = {
        target: column.model_copy(update={"required": target in wanted.required})
        for target, column in layout.columns.items()
    }
    return layout.model_copy(update={"columns": columns})


def _read_layout(project: Project, name: str) -> Layout:
    path = project.layouts / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(path.stem for path in project.layouts.glob("*.toml"))) or "none"
        raise ProjectError(f"There is no layout inputs/layouts/{name}.toml; the layouts are: {known}.")
    project.own(path)
    return read_toml(path, Layout)
