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

from scaudit.chunks import Chunk
from scaudit.crews import Render, crew, printing_by, worth_it
from scaudit.errors import ProjectError
from scaudit.gathering import held
from scaudit.making import differences, made_of
from scaudit.outcome import collect, grounds
from scaudit.project import Project, find_project
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.scorecard.edition import Way, Written, render_cards
from scaudit.scorecard.group_files import render_group
from scaudit.scorecard.printing import Printing, at_once
from scaudit.slicing import sliced
from scaudit.standings import standings
from scaudit.warehouse import open_published, published
from scaudit.workers import spread


@dataclass(frozen=True)
class Begun:
    """Chunks that are being rendered: what came of each, in their order; and who prints a sheet besides."""

    answers: Iterator[list[Written]]
    printing: Printing = at_once


FanOut = Callable[[Render, Sequence[Chunk]], AbstractContextManager[Begun]]
"""A way to have all chunks rendered, begun at once."""


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
    if known is not None and known.saying is None:  # of very many the records are read in slices
        return known.results
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


def _standing(chunk: Chunk, project: Project) -> Results:
    """The results of some groups, with the rows that were scored where one of them is small enough to carry them."""
    ruleset = load_ruleset(project.settings.ruleset, project.rulesets)
    with sliced(chunk.results, chunk.among) as con:
        found = standings(con, ruleset, project.settings.programme.name)
        return found if all(one.is_large for one in chunk.groups) else replace(found, grounds=grounds(con, ruleset))


@contextmanager
def on_this_machine(render: Render, parts: Sequence[Chunk]) -> Iterator[Begun]:
    """Chunks rendered by warm processes on all cores, or here where that is sooner done."""
    try:
        if worth_it(parts):
            workers = crew(render, parts)
            with spread(workers, parts, helping=workers.number == 1) as answers:
                yield Begun(answers, printing_by(workers))
        else:
            yield Begun(map(render, parts))
    finally:
        _collected.cache_clear()


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
