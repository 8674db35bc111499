"""The drill of audits: `scaudit audit` killed at random moments, again and again, one run alone or two at once.

Every run is for another day, so that editions and results of two runs can be told apart, and some print PDFs. After
every death what nobody may ever see is looked for; then a run that nobody kills comes, and what it finds and leaves is
compared with what the ledger says.
"""

import os
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from drilling.children import CHILDREN, ended
from drilling.deaths import STEPS, Death, Fate
from drilling.remains import STATE, left, published, torn, untrue
from scaudit.audit import audit
from scaudit.ledger import past_runs
from scaudit.mending import set_right
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.starting import scaffold
from scaudit.terminal import now

FIRST = date(2022, 6, 30)
CALLS = 20  # calls of a publication that a run may die at
LONGEST = {"load": 0.4, "validate": 0.6, "measure_record": 0.2, "score_record": 1.0, "render": 2.0, "publish": 0.02}
"""How long the steps of such a run last, in seconds."""
GONE_WITHIN = 10.0  # seconds after a run was killed for the processes that printed for it


@dataclass
class Report:
    """What a drill did and found: how many runs were killed, where, what the next run made of it, and each fault."""

    killed: int = 0
    ended: int = 0
    met: Counter[str] = field(default_factory=Counter)
    published: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.killed} runs killed, {self.ended} ended by themselves; {self.published} had published already.\n"
            f"Killed in: {dict(self.met)}.\n" + ("\n".join(self.faults) or "No fault.")
        )


@dataclass
class Drill:
    """A project in a room of its own, whose runs are killed."""

    room: Path
    chance: random.Random
    pdfs: float = 0.4
    pairs: float = 0.3
    report: Report = field(default_factory=Report)
    begun: list[str] = field(default_factory=list)

    @property
    def project(self) -> Path:
        """The root of the project."""
        return self.room / "audit"

    @property
    def scratch(self) -> Path:
        """Where runs keep what the system gives them for a while."""
        return self.room / "scratch"

    def begin(self) -> None:
        """Make the project, with one edition."""
        scaffold(self.project)
        self.scratch.mkdir()
        audit(self._order(with_pdf=False), now)

    def round(self, most: int) -> None:
        """Kill one run, or two at once, and see what the next one finds."""
        deaths = [self._death() for _ in range(min(most, 1 + (self.chance.random() < self.pairs)))]
        children = [(death, self._start(death)) for death in deaths]
        for death, (child, said) in children:
            code = ended(child, said)
            self._bury(death, child, killed=code == -signal.SIGKILL)
        self._note(torn(self.project))
        if self.chance.random() < 0.5:  # noqa: PLR2004 (else the next run sets all right by itself)
            self.report.published += sum(bool(one.files) for one in set_right(find_project(self.project), now()).killed)
            self._note(untrue(self.project))
        self._next()

    def _next(self) -> None:
        """A run that nobody kills: it completes, and nothing is left of those before it."""
        order = self._order(with_pdf=False)
        audit(order, now)
        self._note([*torn(self.project), *left(self.project, self.scratch), *untrue(self.project)])
        if published(self.project) != (order.name, order.as_of.isoformat()):
            self._note(["the run that nobody killed is not what is published"])
        runs = {run["run_id"]: run["outcome"] for run in past_runs(self.project / STATE)}
        self._note([f"the ledger has no word of {name}" for name in self.begun if name not in runs])
        if runs[order.run_id] != "done":
            self._note([f"the ledger says that {order.run_id} is {runs[order.run_id]}"])

    def _start(self, death: Death) -> tuple[BaseProcess, Path]:
        order = self._order(with_pdf=self.chance.random() < self.pdfs)
        said = self.room / f"{order.run_id}.txt"
        child = CHILDREN.Process(target=run_doomed, args=(order, death, said, self.scratch))
        child.start()
        return child, said

    def _order(self, *, with_pdf: bool) -> Order:
        day, name = FIRST + timedelta(days=len(self.begun)), f"run-{len(self.begun)}"
        self.begun.append(name)
        return Order(self.project, day, day, name, f"e{self.chance.randint(1, 3)}", with_pdf=with_pdf)

    def _death(self) -> Death:
        if self.chance.random() < 0.4:  # noqa: PLR2004 (else at any moment of a step)
            return Death("publishing", call=self.chance.randint(1, CALLS))
        step = self.chance.choice((*STEPS, "render", "render"))
        return Death(step, after=self.chance.uniform(0, LONGEST[step]))

    def _bury(self, death: Death, child: BaseProcess, *, killed: bool) -> None:
        self.report.killed += killed
        self.report.ended += not killed
        self.report.met[death.step] += killed
        if child.pid and _lives(child.pid):
            self._note([f"{GONE_WITHIN} seconds after a run was killed in {death.step}, its processes are there"])
            os.killpg(child.pid, signal.SIGKILL)

    def _note(self, faults: list[str]) -> None:
        self.report.faults += [f"after {self.report.killed} runs: {fault}" for fault in faults]


def drill(runs: int, seed: int, room: Path, pdfs: float = 0.4, pairs: float = 0.3) -> Report:
    """Kill so many runs in a project that is made in `room`, and tell what was found.

    `pdfs` is the share of runs that print, `pairs` that of deaths that come two at once.
    """
    one = Drill(room, random.Random(seed), pdfs, pairs)  # noqa: S311 (the drill must be repeatable)
    one.begin()
    while one.report.killed < runs:
        one.round(runs - one.report.killed)
    return one.report


def run_doomed(order: Order, death: Death, said: Path, scratch: Path) -> None:
    """What a process does: an audit, until its time has come."""
    os.setsid()  # what it starts can be found by this number
    with said.open("w", encoding="utf-8") as handle:
        os.dup2(handle.fileno(), 1)
        os.dup2(handle.fileno(), 2)
    tempfile.tempdir = str(scratch)
    os.environ["TMPDIR"] = str(scratch)
    fate = Fate(death)
    with fate.watching():
        audit(order, now, step=fate.step)


def _lives(group: int) -> bool:
    """Whether processes that a killed run had started are there, when they have had time to notice."""
    deadline = time.monotonic() + GONE_WITHIN
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True
