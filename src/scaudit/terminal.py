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

if TYPE_CHECKING:
    from scaudit.audit import Order

Where = Annotated[Path, typer.Option("--project", help="The project, or a folder inside it.", show_default="here")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of tables.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print no progress and no tables.")]
AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What was so on this day? Default today (UTC).")
]
KnownOn = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What could be known on this day? Default today (UTC).")
]
HERE = Path()


def now() -> datetime:
    """The clock, read here at the edge: UTC without a zone, as the ledger stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


def an_order(
    project: Path,
    as_of: datetime | None,
    known_on: datetime | None,
    edition: str = "",
    items: tuple[str, ...] = (),
    with_pdf: bool = True,
) -> "Order":
    """What is asked of a run, from the options; days that are not given are today (UTC)."""
    from scaudit.audit import Order
    from scaudit.project import find_project

    today = now().date()
    return Order(
        root=find_project(project).root,
        as_of=as_of.date() if as_of else today,
        known_on=known_on.date() if known_on else today,
        run_id=f"{now():%Y%m%dT%H%M%S}-{uuid4().hex[:8]}",
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


def _utf8(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") == "utf8"


def show(as_json: bool, quiet: bool, data: Callable[[], Any], table: Callable[[], None]) -> None:
    """Print `data` as JSON, or else the table, or nothing."""
    if as_json:
        print(json.dumps(data(), ensure_ascii=not _utf8(sys.stdout), indent=2, default=str))
    elif not quiet:
        table()
