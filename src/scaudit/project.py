"""An audit project: the folder with scaudit.toml, its typed settings and its places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from scaudit.contract import TABLES
from scaudit.document.key_source import KeySource
from scaudit.errors import ProjectError
from scaudit.keyring import Signing, key_source
from scaudit.mailroom import Delivery

SETTINGS_FILE = "scaudit.toml"
START, TODAY = "start", "today"
"""Days that a window may name without a row: the first day of the programme, and the as-of day."""

Words = Annotated[str, Field(min_length=1)]
Typed = TypeVar("Typed", bound=BaseModel)


def _inside(patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        if not pattern or Path(pattern).is_absolute() or ".." in Path(pattern).parts:
            raise ValueError(f"'{pattern}' must be a path inside the project")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Programme(_Strict):
    """The programme that is audited: its name, its first day and, where it has ended, its last."""

    name: Words
    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Programme:
        if self.last is not None and self.last < self.first:
            raise ValueError("'to' lies before 'from'")
        return self


class Questions(_Strict):
    """How the questions that are open are put: within how many days an answer is asked."""

    answer_days: Annotated[int, Field(ge=1, le=3650)] = 60


class Cards(_Strict):
    """Which cards are made beside those of items: one for each accountable body, for each programme.

    `listed` is how many records the card of an item lists at most; a line costs 5 ms and the data beside it have all.
    """

    by: tuple[Literal["body", "programme"], ...] = ()
    listed: Annotated[int, Field(ge=1, le=2_000)] = 2_000


class RenderingSettings(_Strict):
    """How many items at most are in memory at once and, in flows, on which task runner cards are rendered.

    Every chunk costs a third of a second beside its cards. A scheduler is that of Dask, if not one of this machine.
    """

    chunk: Annotated[int, Field(ge=1, le=1000)] = 100
    runner: Literal["thread", "process", "dask"] = "thread"
    scheduler: Annotated[str, Field(pattern=r"^((tcp|tls|ucx)://.+)?$")] = ""


class RecordFiles(_Strict):
    """A table of record-level files: the layout by which they are read, and where they lie if they are there.

    `required` takes the place of what the layout requires, for releases that lack some of it.
    """

    layout: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    files: Annotated[tuple[str, ...], Field(min_length=1)]
    required: tuple[str, ...] | None = None

    @field_validator("files")
    @classmethod
    def _in_the_project(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        _inside(value)
        return value


class Settings(_Strict):
    """The content of scaudit.toml. Every key that is not named here is an error."""

    title: Words
    publisher: Words
    contact: Words
    programme: Programme
    paper: Literal["letter", "a4"] = "letter"
    ruleset: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] = "ladder-1"
    questions: Questions = Field(default_factory=Questions)
    rendering: RenderingSettings = Field(default_factory=RenderingSettings)
    cards: Cards = Field(default_factory=Cards)
    signing: Signing | None = None
    delivery: Delivery = Field(default_factory=Delivery)
    windows: dict[str, tuple[str, str]] = Field(default_factory=dict)
    notes: dict[str, Words] = Field(default_factory=dict)
    tables: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    event: str = ""
    records: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], RecordFiles] = Field(default_factory=dict)

    @field_validator("windows", mode="before")
    @classmethod
    def _pairs(cls, value: Any) -> Any:
        for name, days in value.items() if isinstance(value, dict) else ():
            if not isinstance(days, list) or len(days) != len(("first", "last")):
                raise ValueError(f"the window '{name}' must name two reading days, its first and its last")
        return value

    @field_validator("tables", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: (paths,) if isinstance(paths, str) else paths for name, paths in value.items()}

    @field_validator("tables")
    @classmethod
    def _known_and_inside(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for name, patterns in value.items():
            if name not in TABLES:
                raise ValueError(f"there is no table '{name}'; the tables are {', '.join(TABLES)}")
            if TABLES[name].required and not patterns:
                raise ValueError(f"the table {name} needs a file; name one, or leave this setting out")
            _inside(patterns)
        return value


@dataclass(frozen=True)
class Project:
    """A project folder and its settings."""

    root: Path
    settings: Settings

    @cached_property
    def _home(self) -> Path:
        return self.root.resolve()

    def own(self, path: Path) -> str:
        """The path of one of its files as it is printed, relative to the project.

        Raises ProjectError for a file that lies elsewhere, and for one whose name holds a sign that nobody can see.
        """
        name = path.relative_to(self.root).as_posix()
        if not name.isprintable():
            raise ProjectError(f"{name} has a sign in its name that cannot be printed; rename the file.")
        if not path.resolve().is_relative_to(self._home):
            raise ProjectError(f"{name} is a link that leads out of the project; put the file itself there.")
        return name

    @property
    def inputs(self) -> Path:
        """Where the input tables lie."""
        return self.root / "inputs"

    @property
    def layouts(self) -> Path:
        """Where the layouts of record-level files lie, if there are any."""
        return self.inputs / "layouts"

    @property
    def schemas(self) -> Path:
        """Where the models of the tables lie."""
        return self.root / "schemas"

    @property
    def rulesets(self) -> Path:
        """Where rulesets of the project's own lie, if it has any."""
        return self.root / "rulesets"

    @property
    def templates(self) -> Path:
        """Where the templates of the scorecards lie."""
        return self.root / "reports" / "templates"

    @property
    def reports(self) -> Path:
        """Where editions are written."""
        return self.root / "reports"

    @property
    def state(self) -> Path:
        """Where runs keep what is not published."""
        return self.root / ".scaudit"

    @property
    def keys(self) -> Path:
        """Where keys lie that this program makes."""
        return self.state / "keys"

    @property
    def key(self) -> KeySource | None:
        """The key with which documents are signed, if they are. Raises ProjectError where it lies in what is public."""
        signing = self.settings.signing
        return key_source(signing, self.root, (self.reports, self.inputs)) if signing else None


def find_project(start: Path) -> Project:
    """The project that `start` lies in: the nearest folder upwards that holds scaudit.toml.

    Raises ProjectError where there is none, where `start` does not exist, or where the settings are wrong.
    """
    here = start.resolve()
    if not here.exists():
        raise ProjectError(f"There is no {here}; check the path.")
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return Project(folder, read_settings(folder / SETTINGS_FILE))
    raise ProjectError(
        f"No {SETTINGS_FILE} in {here} or above it; go to a project or make one with 'scaudit init DIR'."
    )


def read_settings(path: Path) -> Settings:
    """The settings in one file; a wrong one is a ProjectError with file and key."""
    return read_toml(path, Settings)


def read_toml(path: Path, kind: type[Typed]) -> Typed:
    """A TOML file as a typed value; what is wrong in it is a ProjectError with file and key."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ProjectError(f"{path} is not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"{path} is not valid TOML: {error}.") from error
    except ValidationError as error:
        raise ProjectError(_sentence(path, error)) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a list in a list in a list
        raise ProjectError(f"{path} is not valid TOML: a value is too long, or nested too deep.") from error


def _sentence(path: Path, error: ValidationError) -> str:
    first, *others = error.errors(include_url=False)
    key = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = "there is no such setting"
    elif first["type"] == "missing":
        message = "this setting is required"
    more = f" (and {len(others)} more)" if others else ""
    return f"{path}: {key}: {message}{more}."
