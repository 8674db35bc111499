"""Fanning out: the cards of an audit as Prefect tasks, chunk by chunk, on a task runner that the project chooses.

- `thread`: each task hands its chunk to a warm process of this machine, since text is not laid out in threads;
- `process`: each task is a process of this machine;
- `dask`: each task goes to a worker of a Dask cluster, which sees the project's folder under the same path and has the
  same scaudit. Without an address, a cluster of this machine's cores is made for as long as the run needs it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from socket import create_connection
from typing import Any
from urllib.parse import urlsplit

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from scaudit.chunks import Chunk
from scaudit.crews import Render, cores, crew, printing_by, worth_it
from scaudit.errors import ProjectError
from scaudit.making import made_of
from scaudit.project import RenderingSettings, find_project
from scaudit.rendering import Begun, FanOut, on_this_machine, render_elsewhere
from scaudit.scorecard.edition import Written


def fan_out(chosen: RenderingSettings) -> FanOut:
    """The way to render cards that the settings name. Few cards are rendered at once, by whoever asks for them."""
    if chosen.runner == "dask":
        return partial(_on_dask, chosen.scheduler)
    return _in_processes if chosen.runner == "process" else _in_threads


@contextmanager
def _in_threads(render: Render, parts: Sequence[Chunk]) -> Iterator[Begun]:
    if not worth_it(parts):
        with on_this_machine(render, parts) as begun:
            yield begun
        return
    workers = crew(render, parts)
    with closing(workers), _submitted(ThreadPoolTaskRunner(workers.number), workers.do, parts) as begun:
        yield replace(begun, printing=printing_by(workers))


@contextmanager
def _in_processes(render: Render, parts: Sequence[Chunk]) -> Iterator[Begun]:
    with _submitted(ProcessPoolTaskRunner(min(cores(), len(parts)) or 1), render, parts) as begun:
        yield begun


@contextmanager
def _on_dask(scheduler: str, _render: Render, parts: Sequence[Chunk]) -> Iterator[Begun]:
    try:
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise ProjectError("The Dask task runner needs the extra 'dask'; install scaudit[flows,dask].") from error
    if scheduler and parts:
        _ask(scheduler)
    own = {"n_workers": cores(), "threads_per_worker": 1, "dashboard_address": None}
    runner = DaskTaskRunner(address=scheduler) if scheduler else DaskTaskRunner(cluster_kwargs=own)
    made = made_of(find_project(parts[0].root), parts[0].with_pdf) if parts else {}
    with _submitted(runner, partial(render_elsewhere, made), parts) as begun:
        yield begun


def _ask(scheduler: str) -> None:
    """Raise ProjectError where nobody answers at the address of a scheduler: Dask itself waits for half a minute."""
    place = urlsplit(scheduler)
    try:
        create_connection((place.hostname or "", place.port or 8786), timeout=5).close()
    except (OSError, ValueError) as error:
        raise ProjectError(
            f"No Dask scheduler answers at {scheduler}; start it, or set rendering.scheduler."
        ) from error


@contextmanager
def _submitted(
    runner: TaskRunner[Any], render: Callable[[Chunk], list[Written]], parts: Sequence[Chunk]
) -> Iterator[Begun]:
    """All chunks as tasks of this flow run; what came of each, in their order."""
    if not parts:  # nothing has changed: no cluster is asked for
        yield Begun(iter(()))
        return
    with runner:
        futures = [runner.submit(_task(render, part), {"chunk": part}) for part in parts]
        yield Begun(future.result() for future in futures)


def _task(render: Callable[[Chunk], list[Written]], part: Chunk) -> Any:
    """A task that renders a chunk, named by its first card."""

    def cards(chunk: Chunk) -> list[Written]:
        return render(chunk)

    more = len(part.items) - 1
    name = f"cards {part.items[0]}" + (f" and {more} more" if more else "")
    return task(name="cards", task_run_name=name, cache_policy=NO_CACHE, persist_result=False)(cards)
