"""The terminal: what all verbs of the command line share: options, the clock, the progress line, JSON or tables."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO
from uuid import uuid4

import typer

from scaudit.errors import UsageError

if TYPE_CHECKING:
    from scaudit.order import Order

DAY = ["%Y-%m-%d"]
Where = Annotated[Path, typer.Option("--project", help="The project, or a folder inside it.", show_default="here")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of tables.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print no progress and no tables.")]
AsOf = Annotated[datetime | None, typer.Option(formats=DAY, help="What was so on this day? Default today (UTC).")]
KnownOn = Annotated[
    datetime | None, typer.Option(formats=DAY, help="What could be known on this day? Default today (UTC).")
]
Replayed = Annotated[
    str, typer.Option("--run", help="Replay this past run, from the inputs that it kept, and compare the two.")
]
ComparedRuns = Annotated[
    tuple[str, str] | None,
    typer.Option("--runs", help="Instead of two days: two past runs, by id, or the words previous and last."),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV instead of tables.")]
SilentSince = Annotated[
    datetime | None,
    typer.Option(formats=DAY, help="Print evidence rows as CSV that record silence on questions sent on this day."),
]
Synthetic = Annotated[
    bool, typer.Option("--synthetic", help="Take made-up files of records too; every page is marked.")
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Do everything anew, also what did not change; the edition is the same.")
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by", help="Also a card for each 'body' or 'programme'; may be repeated.", show_default="as in scaudit.toml"
    ),
]
GROUPED = ("body", "programme")
HERE = Path()


def now() -> datetime:
    """The clock, read here at the edge: UTC without a zone, as the ledger stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


def a_run_id() -> str:
    """The name of a new run: its moment, and a word by chance since two may begin at once."""
    return f"{now():%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"


def an_order(
    project: Path,
    as_of: datetime | None,
    known_on: datetime | None,
    edition: str = "",
    items: tuple[str, ...] = (),
    with_pdf: bool = True,
) -> "Order":
    """What is asked of a run, from the options; days that are not given are today (UTC)."""
    from scaudit.order import Order
    from scaudit.project import find_project

    today = now().date()
    return Order(
        root=find_project(project).root,
        as_of=as_of.date() if as_of else today,
        known_on=known_on.date() if known_on else today,
        run_id=a_run_id(),
        edition=edition,
        items=items,
        with_pdf=with_pdf,
    )


@contextmanager
def progress(silenced: bool) -> Iterator[Callable[[str], None]]:
    """A line on the terminal that says what is being done; nothing where nobody looks."""
    if silenced or not sys.stderr.isatty():
        yield lambda _phrase: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def sorts(by: list[str] | None) -> tuple[str, ...]:
    """The sorts of groups that are named, each once; refuses others."""
    for one in by or ():
        if one not in GROUPED:
            raise UsageError(f"There are no cards by {one!r}; say {' or '.join(GROUPED)}.")
    return tuple(dict.fromkeys(by or ()))


def alone(*others: object) -> None:
    """Refuse what would make a replay another run."""
    if any(others):
        raise UsageError("--run repeats a run as it was asked for; leave items, days, --edition and --no-pdf out.")


def own_days(runs: object, *days: object) -> None:
    """Refuse days where runs are compared, since each has its own."""
    if runs and any(days):
        raise UsageError("--runs compares runs on the days that they had; leave all days out.")


def one_form(as_csv: bool, as_json: bool) -> None:
    """Refuse two forms of output at once."""
    if as_csv and as_json:
        raise UsageError("CSV and JSON cannot both be printed; leave one out.")


def _utf8(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") == "utf8"


def signs_shown() -> bool:
    """Whether the terminal takes any sign, and not only those of ASCII."""
    return _utf8(sys.stdout)


def show(as_json: bool, quiet: bool, data: Callable[[], Any], table: Callable[[], None]) -> None:
    """Print `data` as JSON, or else the table, or nothing."""
    if as_json:
        print(json.dumps(data(), ensure_ascii=not _utf8(sys.stdout), indent=2, default=str))
    elif not quiet:
        table()
