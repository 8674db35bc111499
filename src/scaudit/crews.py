"""Crews: the warm processes of this machine that render the chunks of a run, and who of them stands by before."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from scaudit.ahead import TO_PRINT, load_ahead
from scaudit.chunks import Chunk
from scaudit.errors import ProjectError
from scaudit.outcome import rows
from scaudit.project import Project
from scaudit.scorecard.edition import Written
from scaudit.scorecard.html import pages
from scaudit.scorecard.printing import Press, Printed, Printing, Sheet, at_once, print_sheet
from scaudit.warehouse import open_published
from scaudit.workers import Workers, started

WORTH_IT = 4  # a worker takes a second to start; fewer cards are sooner rendered here,
FEW = 12  # nor is another one worth it for so many where one stands by
LONG_OVERVIEW = 2_000  # unless there is an overview of so many items to be written meanwhile, for longer than that
SCRATCH = "scratch"  # where workers keep what they need for a while, in the folder of their run
Render = Callable[[Chunk], list[Written]]
Crew = Workers[Chunk | tuple[Press, Sheet], Any]
"""Warm processes that render chunks, and print sheets."""
_READY: dict[Path, ProcessPoolExecutor] = {}
"""The worker that the run of this process has standing by, by the folder of its scratch: one at most."""


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0))


def worth_it(parts: Sequence[Chunk]) -> bool:
    """Whether other processes are sooner done with these chunks than this one."""
    many = len(parts) > 1 and _cards(parts) >= WORTH_IT
    return cores() > 1 and (many or any(part.with_pdf and part.overview_of >= LONG_OVERVIEW for part in parts))


def crew(render: Render, parts: Sequence[Chunk]) -> Crew:
    """Warm processes for chunks, with their scratch beside the folder that is filled.

    One a core; of few chunks the one that stands by, while this process does those that nobody has begun.
    """
    scratch = parts[0].folder.parent / SCRATCH
    ready = _READY.pop(scratch, None)
    few = _cards(parts) < (FEW if ready else WORTH_IT)
    return Workers(partial(_work, render), 1 if few else min(cores(), len(parts)), scratch, warm, begun=ready)


def _cards(parts: Sequence[Chunk]) -> int:
    return sum(len(part.items) for part in parts)


def _work(render: Render, job: Chunk | tuple[Press, Sheet]) -> Any:
    return render(job) if isinstance(job, Chunk) else print_sheet(*job)


def printing_by(workers: Crew) -> Printing:
    """The way to print a sheet beside the chunks of a crew: by its one worker, which has few cards to render.

    Where that is still at its cards when the sheet is asked for, it is printed here. Where there are several workers,
    all are busy for long, and this process has nothing to do but to print.
    """

    def begin(press: Press, sheet: Sheet) -> Callable[[], Printed]:
        printed = workers.begin((press, sheet))
        return lambda: print_sheet(press, sheet) if printed.cancel() else printed.result()

    return begin if workers.number == 1 else at_once


def stand_by(project: Project, folder: Path, render: Render) -> None:
    """Have a worker warm up to `render` the cards of a run that works in `folder`, where what was published is so much.

    Then few cards change, and this process is busy meanwhile: it reads and scores, and writes a long overview. Nobody
    is wanted where the project has its cards rendered by tasks that have processes of their own.
    """
    dismiss()
    if cores() == 1 or project.settings.rendering.runner != "thread":
        return
    with suppress(ProjectError), open_published(project.state) as con:
        if len(rows(con, "item_ids")) >= LONG_OVERVIEW:
            warmed = partial(warm_to_render, project.templates, project.settings.paper, render)
            _READY[folder / SCRATCH] = started(folder / SCRATCH, warmed)
            load_ahead(TO_PRINT)


def dismiss() -> None:
    """End the worker that stands by, if nobody has taken it."""
    while _READY:
        _, worker = _READY.popitem()
        worker.shutdown(cancel_futures=True)


def warm() -> None:
    """In a new process: load what every card needs. Where a library is missing, the first card tells of it."""
    with suppress(OSError):
        from scaudit.document import finishing  # noqa: F401, PLC0415
        from scaudit.scorecard import pdf  # noqa: F401, PLC0415


def warm_to_render(templates: Path, paper: str, _render: Render) -> None:
    """The same, with all that the function itself needs; and read templates, styles and fonts.

    Where they are of no use, the first card tells of that too.
    """
    warm()
    with suppress(OSError, ProjectError):
        from scaudit.document import blocks, sealing  # noqa: F401, PLC0415
        from scaudit.scorecard.pdf import printer  # noqa: PLC0415

        printer(templates, paper)
        pages(templates).compile()
