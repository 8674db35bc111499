"""Indicators: what a project measures, each declared in a small SQL file with a header that says what it counts.

A declaration is written before it is run: what supports, partly supports and contradicts an ask stands in its header.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import duckdb
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scaudit.errors import ProjectError
from scaudit.fingerprint import sha256
from scaudit.project import Project
from scaudit.reading import InputFile

HEADER = re.compile(r"\A\s*/\*(?P<header>.*?)\*/(?P<sql>.*)\Z", re.DOTALL)
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
BOUND = re.compile(r"(<=|>=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?)")

M = TypeVar("M", bound=BaseModel)
Words = Annotated[str, Field(min_length=1)]
Bound = Annotated[str, Field(pattern=BOUND.pattern)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Threshold(_Strict):
    """What a figure says of one criterion, written down before it is known.

    `group` names the group whose value is judged; `origin` is the body that collected the records, since a figure
    that is computed from a body's own records keeps that body as its origin; `source` is the document they came in.
    Bounds are read in the order supports, partly, contradicts; the first that holds gives the stance, else context.
    """

    criterion: Words
    origin: Words
    source: Words
    group: str = ""
    measure: Literal["level", "change"] = "level"
    supports: Bound | None = None
    partly: Bound | None = None
    contradicts: Bound | None = None

    def stance(self, value: float) -> str:
        """The stance of a value towards the criterion."""
        for name in ("supports", "partly", "contradicts"):
            bound = getattr(self, name)
            if bound is not None and _holds(bound, value):
                return name
        return "context"


class Declaration(_Strict):
    """The header of an indicator. `counts` says in words what one unit is and what is left out.

    `needs` names the tables that it reads: `statistics`, or a cube (`cube.<name>`) of record-level files. `by` says
    what its groups are, `term` the term of `definitions` by which it counts, `better` the direction that is better.
    """

    title: Words
    counts: Words
    unit: Words
    kind: Literal["share", "count", "average", "amount", "days"]
    numerator: str = ""
    denominator: str = ""
    population: Words
    needs: tuple[Words, ...]
    bears_on: tuple[Words, ...]
    better: Literal["lower", "higher", "none"] = "none"
    by: str = ""
    period: Literal["month", "quarter", "fiscal year", "year", "whole"] = "month"
    term: str = ""
    event: str = ""
    funnel: bool = False
    source: str = ""
    note: str = ""
    evidence: tuple[Threshold, ...] = ()

    @model_validator(mode="after")
    def _shares_have_parts(self) -> "Declaration":
        if self.kind == "share" and not (self.numerator and self.denominator):
            raise ValueError("a share says what its numerator and its denominator are")
        return self


@dataclass(frozen=True)
class Indicator:
    """An indicator: its id (the name of its file), its declaration and its query.

    The query gives period_from, period_to, grp (empty for all), version (of the definition, or null), numerator,
    denominator (null for what is no share), value (null where numerator and denominator give it) and n, the number of
    records or, for published figures, null.
    """

    indicator_id: str
    declared: Declaration
    sql: str


class CubeHeader(_Strict):
    """The header of a cube: the table of records that it counts, or the cube that it adds up; and what its rows are."""

    source: Words
    counts: Words


@dataclass(frozen=True)
class Cube:
    """A small table counted from record-level files in one pass, for the indicators to read.

    Its source is a table of records, or another cube, counted from such a table; `records` is that table for both.
    """

    name: str
    source: str
    records: str
    sql: str


def indicators(project: Project) -> tuple[Indicator, ...]:
    """The indicators of a project, by id. Raises ProjectError for a file that cannot be used."""
    return tuple(each_indicator(project))


def each_indicator(project: Project) -> Iterator[Indicator]:
    """The same, one after the other as they are read, for those who need not wait for the last."""
    for path, header, sql in map(_split, _files(project, "indicators/*.sql")):
        yield Indicator(path.stem, _header(path, header, Declaration), sql)


def cubes(project: Project) -> tuple[Cube, ...]:
    """The cubes of a project, by name. Raises ProjectError for a file that cannot be used."""
    found = [_split(path) for path in _files(project, "indicators/cubes/*.sql")]
    sources = {f"cube.{path.stem}": _header(path, header, CubeHeader).source for path, header, _ in found}
    return tuple(
        Cube(path.stem, source, sources.get(source, source), sql)
        for (path, _, sql), source in zip(found, sources.values(), strict=True)
    )


def declarations(project: Project) -> list[InputFile]:
    """The files that say what is measured and how records are read, each with its digest: they are inputs too."""
    paths = sorted([*project.inputs.glob("indicators/**/*.sql"), *project.inputs.glob("layouts/*.toml")])
    return [
        InputFile("indicators", path.relative_to(project.root).as_posix(), None, sha256(path), 0, ()) for path in paths
    ]


def _files(project: Project, pattern: str) -> list[Path]:
    """The files of a pattern below inputs/. Raises ProjectError for one that is not the project's own."""
    paths = sorted(project.inputs.glob(pattern))
    for path in paths:
        project.own(path)
    return paths


def _split(path: Path) -> tuple[Path, str, str]:
    parts = HEADER.match(path.read_text(encoding="utf-8"))
    if parts is None or not NAME.fullmatch(path.stem):
        raise ProjectError(
            f"{path} is no indicator; it begins with a header /* ... */ of TOML, and its name has small letters, "
            "digits and _ only."
        )
    if not _is_one_query(parts["sql"]):
        raise ProjectError(
            f"{path} is no indicator; after its header stands one query, and nothing that changes anything."
        )
    return path, parts["header"], parts["sql"].strip()


def _is_one_query(sql: str) -> bool:
    try:
        kinds = [found.type for found in duckdb.extract_statements(sql)]
    except duckdb.Error:
        return True  # what is wrong with it is told where it is run
    return kinds in ([duckdb.StatementType.SELECT], [duckdb.StatementType.MULTI])


def _header(path: Path, text: str, model: type[M]) -> M:
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"{path}: the header is not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "the header"
        raise ProjectError(f"{path}: {key}: {first['msg'].removeprefix('Value error, ')}.") from error


def _holds(bound: str, value: float) -> bool:
    sign, number = BOUND.fullmatch(bound.strip()).groups()  # type: ignore[union-attr]
    limit = float(number)
    return {"<=": value <= limit, ">=": value >= limit, "<": value < limit, ">": value > limit}[sign]
