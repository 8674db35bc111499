"""Rendering: the cards of many items in chunks, each by whoever is free, out of a slice of the results.

A chunk is told by paths and ids alone, so that it can be sent to another process, or to another machine that sees the
same folders. Nobody holds more records in memory than those of one slice.
"""

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from scaudit.errors import ProjectError
from scaudit.gathering import held
from scaudit.making import differences, made_of
from scaudit.outcome import collect, grounds
from scaudit.project import Project, find_project
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.scorecard.edition import Way, Written, render_cards
from scaudit.scorecard.group_files import render_group
from scaudit.scorecard.groups import Group
from scaudit.slicing import sliced
from scaudit.standings import standings
from scaudit.warehouse import open_published, published
from scaudit.workers import Workers, spread

SLICE = 100  # items of which the records are in memory at once, for groups of items
SLICE_OF_LARGE = 2_000  # items of which only the standings are in memory at once
WORTH_IT = 4  # a worker takes a second to start; fewer cards are sooner rendered here,
LONG_OVERVIEW = 2_000  # unless it is busy with an overview of so many items for longer than that
TURNS = 4  # chunks for each worker at least, so that none waits long for the others at the end


@dataclass(frozen=True)
class Chunk:
    """Cards to be rendered at one go: of which project, out of which results, into which folder.

    `items` are those of the cards; `among` are the items of their slice, which several chunks may share. Where there
    are `groups`, the cards are theirs, and `items` their names. `overview_of` is the number of items of which whoever
    has it rendered prints an overview meanwhile.
    """

    root: Path
    results: Path
    folder: Path
    items: tuple[str, ...]
    among: tuple[str, ...]
    with_pdf: bool = True
    sign: bool = True
    groups: tuple[Group, ...] = ()
    overview_of: int = 0


Render = Callable[[Chunk], list[Written]]
FanOut = Callable[[Render, Sequence[Chunk]], AbstractContextManager[Iterator[list[Written]]]]
"""A way to have all chunks rendered, begun at once; gives what came of each, in their order."""


def render_chunk(chunk: Chunk) -> list[Written]:
    """Render the cards of a chunk into its folder; a plain function of its value, to be called anywhere.

    Raises ProjectError where PDFs cannot be made.
    """
    project = find_project(chunk.root)
    way = Way(chunk.with_pdf, project.key, chunk.sign, project.settings.cards.listed)
    if chunk.groups:
        results = _standing(chunk, project)
        return [render_group(results, project, chunk.folder, group, way) for group in chunk.groups]
    return list(render_cards(_among(chunk, project), project, chunk.folder, chunk.items, way))


def _among(chunk: Chunk, project: Project) -> Results:
    """What the cards of items of a chunk come out of."""
    known = held(chunk.results)
    if known is not None and known.uses is None:  # those of very many have no records: these are read in slices
        return known
    moment = chunk.results.stat().st_mtime_ns
    return _collected(chunk.results, moment, project.settings.ruleset, project.rulesets, chunk.among)


def render_elsewhere(made: Mapping[str, str], chunk: Chunk) -> list[Written]:
    """The same on another machine. `made` is what the documents of this edition are made with; there it must be too.

    Raises ProjectError where that machine does not see the results, or would make other bytes.
    """
    here = f"The worker on {platform.node()}"
    if not chunk.results.is_file():
        raise ProjectError(f"{here} does not see {chunk.results}; every worker must see the project under this path.")
    other = differences(made, _made_here(chunk.root, chunk.with_pdf))
    if other:
        raise ProjectError(f"{here} would make other documents ({', '.join(other)}); install the same there as here.")
    return render_chunk(chunk)


def chunks(whole: Chunk, size: int, workers: int) -> list[Chunk]:
    """A chunk in chunks of `size` cards at most; of fewer, out of shared slices, where workers would else be idle."""
    each = max(1, min(size, len(whole.items) // (workers * TURNS)))
    slices = [whole.items[first : first + size] for first in range(0, len(whole.items), size)]
    return [
        replace(whole, items=part[first : first + each], among=part)
        for part in slices
        for first in range(0, len(part), each)
    ]


def group_chunks(whole: Chunk, groups: Sequence[Group]) -> list[Chunk]:
    """The cards of groups in chunks: small ones carry their records, so that fewer of them share a slice."""
    found: list[Chunk] = []
    for large, size in ((False, SLICE), (True, SLICE_OF_LARGE)):
        part: list[Group] = []
        for group in (one for one in groups if one.is_large is large):
            if part and sum(len(one.items) for one in (*part, group)) > size:
                found.append(_of_groups(whole, part))
                part = []
            part.append(group)
        found += [_of_groups(whole, part)] if part else []
    return found


def _of_groups(whole: Chunk, groups: Sequence[Group]) -> Chunk:
    among = tuple(sorted({item for group in groups for item in group.items}))
    return replace(whole, items=tuple(group.subject for group in groups), among=among, groups=tuple(groups))


def _standing(chunk: Chunk, project: Project) -> Results:
    """The results of some groups, with the rows that were scored where one of them is small enough to carry them."""
    ruleset = load_ruleset(project.settings.ruleset, project.rulesets)
    with sliced(chunk.results, chunk.among) as con:
        found = standings(con, ruleset, project.settings.programme.name)
        return found if all(one.is_large for one in chunk.groups) else replace(found, grounds=grounds(con, ruleset))


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def on_this_machine(render: Render, parts: Sequence[Chunk]) -> Iterator[Iterator[list[Written]]]:
    """Chunks rendered by warm processes on all cores, or here where that is sooner done."""
    if worth_it(parts):
        with spread(crew(render, parts), parts) as answers:
            yield answers
        return
    try:
        yield map(render, parts)
    finally:
        _collected.cache_clear()


def worth_it(parts: Sequence[Chunk]) -> bool:
    """Whether other processes are sooner done with these chunks than this one."""
    many = len(parts) > 1 and _cards(parts) >= WORTH_IT
    return cores() > 1 and (many or any(part.with_pdf and part.overview_of >= LONG_OVERVIEW for part in parts))


def crew(render: Render, parts: Sequence[Chunk]) -> Workers[Chunk, list[Written]]:
    """Warm processes for chunks, one a core, with their scratch beside the folder that is filled."""
    wanted = min(cores(), len(parts)) if _cards(parts) >= WORTH_IT else 1
    return Workers(render, wanted, parts[0].folder.parent / "scratch", warm)


def _cards(parts: Sequence[Chunk]) -> int:
    return sum(len(part.items) for part in parts)


def warm() -> None:
    """In a new process: load what every card needs."""
    from scaudit.document import finishing  # noqa: F401, PLC0415
    from scaudit.scorecard import pdf  # noqa: F401, PLC0415


@lru_cache(maxsize=4)
def _made_here(root: Path, with_pdf: bool) -> Mapping[str, str]:
    return made_of(find_project(root), with_pdf)


@lru_cache(maxsize=1)
def _collected(path: Path, _moment: int, ruleset: str, rulesets: Path, items: tuple[str, ...]) -> Results:
    """What the results say of some items; kept for the next chunk of the same slice."""
    rules = load_ruleset(ruleset, rulesets)
    with sliced(path, items) as con:
        return replace(collect(con, rules), grounds=grounds(con, rules))


def taken(state: Path, folder: Path) -> Path:
    """The published results under a name of this run's own: there they stay as they are, whoever publishes meanwhile.

    Raises ProjectError where there are none, or damaged ones.
    """
    own = folder / "rendered.duckdb"
    with open_published(state):
        try:
            os.link(published(state), own)
        except OSError:
            shutil.copyfile(published(state), own)
    return own
