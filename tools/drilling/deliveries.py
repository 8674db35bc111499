"""The drill of deliveries: `scaudit distribute` killed at random moments, again and again, and then the count.

A mail server on this machine writes down every mail that it takes. Runs of the command line are killed with SIGKILL
somewhere between their start and their end, mostly while they send; each edition is then sent to its end by a run that
nobody kills. After every edition the copies that are out are counted against the ledger:

- what the ledger calls delivered is out once;
- what it does not call delivered or possibly delivered is not out;
- nobody lacks a document unless the ledger says so, or they have one that says the same.

Editions come from one audit: each is its copy under another name, with one document changed.
"""

import hashlib
import json
import random
import shutil
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

from drilling.children import CHILDREN, ended, run_verb
from drilling.counting import copies, faults
from drilling.mailbox import Executioner, Server, serving
from drilling.people import HEADER, PEOPLE
from scaudit.audit import audit
from scaudit.deliveries import past, standing
from scaudit.order import Order
from scaudit.starting import scaffold
from scaudit.terminal import now

DAY = date(2024, 1, 31)
SETTINGS = """
[delivery]
sender = "audit@example.org"
waits = [0.001, 0.001, 0.001]

[delivery.smtp]
host = "127.0.0.1"
port = {port}
security = "none"
timeout = 20
"""
WORDS = 7  # of the server, after which a run is killed: four a mail
TRIES = 5  # runs that are not killed, until an edition is out


@dataclass
class Report:
    """What a drill did and found: how many runs were killed, in which states that left deliveries, and each fault."""

    killed: int = 0
    ended: int = 0
    editions: int = 0
    copies: int = 0
    left: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.killed} runs killed, {self.ended} ended by themselves, {self.editions} editions, "
            f"{self.copies} documents out.\nKilled while: {dict(self.left)}. In the end: {dict(self.states)}.\n"
            + ("\n".join(self.faults) or "No fault.")
        )


def drill(runs: int, seed: int, room: Path) -> Report:
    """Kill so many runs in a project that is made in `room`, and count what is out."""
    chance, report = random.Random(seed), Report()  # noqa: S311 (the drill must be repeatable)
    server = Server(random.Random(seed))  # noqa: S311
    with serving(server) as port:
        project = make_project(room / "audit", port)
        while report.killed < runs:
            report.editions += 1
            name = f"e{report.editions}"
            mint(project, name, chance)
            while report.killed < runs and _killed(project, name, server, report, chance):
                pass
            finish(project, name)
            report.faults += faults(project, name, server.taken)
        report.states = Counter(one.state for one in standing(past(project / ".scaudit")))
        report.copies = sum(copies(project, server.taken).values())
    return report


def make_project(root: Path, port: int) -> Path:
    """A project with one edition, and stakeholders of every kind."""
    scaffold(root)
    rows = [f"{key},{key},{channel},{address},all,{what},{when},true\n" for key, channel, address, what, when in PEOPLE]
    (root / "inputs" / "stakeholders.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    with (root / "scaudit.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(port=port))
    audit(Order(root, DAY, DAY, "drill", "e0", with_pdf=False), now)
    return root


def mint(project: Path, name: str, chance: random.Random) -> None:
    """An edition of another name: every file is another, and one document says something else."""
    reports = project / "reports"
    shutil.copytree(reports / "e0", reports / name)
    manifest = json.loads((reports / name / "manifest.json").read_text(encoding="utf-8"))
    digests = {}
    for entry in manifest["files"]:
        path = reports / name / entry["path"]
        if path.suffix == ".html":
            path.write_text(f"{path.read_text(encoding='utf-8')}<!-- {name} -->\n", encoding="utf-8")
        digests[entry["path"]] = entry["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    changed = chance.choice(manifest["documents"])
    changed["substance"] = hashlib.sha256(name.encode()).hexdigest()
    manifest["edition"] = name
    (reports / name / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    # what changed stays so in later editions
    base = json.loads((reports / "e0" / "manifest.json").read_text(encoding="utf-8"))
    base["documents"] = [
        {**one, "substance": changed["substance"]} if one["id"] == changed["id"] else one for one in base["documents"]
    ]
    (reports / "e0" / "manifest.json").write_text(json.dumps(base), encoding="utf-8")


def _start(project: Path, name: str) -> BaseProcess:
    """A process of its own that runs the verb, from a server that has loaded the modules already."""
    words = ("distribute", "--yes", "-q", "--edition", name, "--project", str(project))
    said(project).unlink(missing_ok=True)
    child = CHILDREN.Process(target=run_verb, args=(words, said(project)))
    child.start()
    return child


def _killed(project: Path, name: str, server: Server, report: Report, chance: random.Random) -> bool:
    """One run that is to be killed; it may be over before, and then its edition is out."""
    child = _start(project, name)
    by_words = chance.random() < 0.85  # noqa: PLR2004 (else at any moment since the start)
    words = chance.randint(1, WORDS) if by_words else 0
    server.watched_by(Executioner(child, words, chance.uniform(0, 0.08 if by_words else 1)))
    code = ended(child, said(project))
    server.watched_by(None)
    if code != -signal.SIGKILL:
        report.ended += 1
        return False
    report.killed += 1
    states = {one.state for one in standing(past(project / ".scaudit"))}
    report.left.update(states & {"preparing", "sending"} or {"else"})
    return True


def finish(project: Path, name: str) -> None:
    """Runs that nobody kills, until nothing is left to try."""
    for _ in range(TRIES):
        ended(_start(project, name), said(project))
        if not any(
            one.state in ("preparing", "sending", "failed for now") for one in standing(past(project / ".scaudit"))
        ):
            return
        time.sleep(0.1)


def said(project: Path) -> Path:
    """Where it stands what a run has printed."""
    return project / "said.txt"
