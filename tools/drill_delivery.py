"""The drill of deliveries: `scaudit distribute` killed at random moments, again and again, and then the count.

    python tools/drill_delivery.py --runs 200 --seed 1

A mail server on this machine writes down every mail that it takes. Runs of the command line are killed with SIGKILL
somewhere between their start and their end, mostly while they send; each edition is then sent to its end by a run that
nobody kills. After every edition the copies that are out are counted against the ledger:

- what the ledger calls delivered is out once;
- what it does not call delivered or possibly delivered is not out;
- nobody lacks a document unless the ledger says so, or they have one that says the same.

Editions come from one audit: each is its copy under another name, with one document changed.
"""

import argparse
import asyncio
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from scaudit.audit import Order, audit
from scaudit.cli import main as cli
from scaudit.deliveries import Delivery, past, standing
from scaudit.starting import scaffold
from scaudit.terminal import now

HEADER = "stakeholder_id,name,channel,address,items,what,occasion,active\n"
PEOPLE = (
    ("A", "email", "a@example.org", "both", "every_edition"),
    ("B", "folder", "b", "both", "every_edition"),
    ("C", "email", "c@example.org", "cards", "only_changes"),
    ("D", "folder", "d", "cards", "only_changes"),
    ("E", "email", "e@example.org", "both", "only_changes"),
    ("F", "email", "f@example.org", "overview", "every_edition"),
)
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
SLOWEST = 120  # seconds
CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["scaudit.cli", "scaudit.distributing", "scaudit.showing_deliveries"])


@dataclass
class Server:
    """Takes mail, slowly at times, and writes it down; some it refuses for now, and after some it drops the line."""

    chance: random.Random
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    _watch: "Executioner | None" = None

    def watched_by(self, watch: "Executioner | None") -> None:
        """Have somebody hear of every step."""
        self._watch = watch

    async def handle_MAIL(  # noqa: N802 (the library's names)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the sender."""
        await self._step()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, or say that the box is busy."""
        await self._step()
        if self.chance.random() < 0.05:  # noqa: PLR2004
            return "450 busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail: from here on it is out."""
        await self._step()
        message = message_from_bytes(envelope.original_content or b"")
        for part in message.walk():
            if part.get_filename():
                content = part.get_payload(decode=True)
                self.taken[envelope.rcpt_tos[0], hashlib.sha256(bytes(content)).hexdigest()] += 1  # type: ignore[arg-type]
        await self._step()
        if self.chance.random() < 0.03 and server.transport:  # noqa: PLR2004
            server.transport.abort()
        return "250 OK"

    async def _step(self) -> None:
        if self._watch:
            self._watch.heard()
        await asyncio.sleep(self.chance.uniform(0, 0.02))


class Executioner:
    """Kills a run: a moment after the server has had so many words with it, or a moment after its start."""

    def __init__(self, child: BaseProcess, words: int, delay: float) -> None:
        self._child, self._left, self._delay = child, words, delay
        if not words:
            self._sentence()

    def heard(self) -> None:
        """Count one word of the server."""
        self._left -= 1
        if self._left == 0:
            self._sentence()

    def _sentence(self) -> None:
        timer = threading.Timer(self._delay, self._child.kill)
        timer.daemon = True
        timer.start()


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
    with _serving(server) as port:
        project = _project(room / "audit", port)
        while report.killed < runs:
            report.editions += 1
            name = f"e{report.editions}"
            _mint(project, name, chance)
            while report.killed < runs and _killed(project, name, server, report, chance):
                pass
            _finish(project, name)
            report.faults += _faults(project, name, server.taken)
        report.states = Counter(one.state for one in standing(past(project / ".scaudit")))
        report.copies = sum(_copies(project, server.taken).values())
    return report


@contextmanager
def _serving(server: Server) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def _project(root: Path, port: int) -> Path:
    """A project with one edition, and stakeholders of every kind."""
    scaffold(root)
    rows = [f"{key},{key},{channel},{address},all,{what},{when},true\n" for key, channel, address, what, when in PEOPLE]
    (root / "inputs" / "stakeholders.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    with (root / "scaudit.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(port=port))
    audit(Order(root, DAY, DAY, "drill", "e0", with_pdf=False), now)
    return root


def _mint(project: Path, name: str, chance: random.Random) -> None:
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
    said = project / "said.txt"
    said.unlink(missing_ok=True)
    child = CHILDREN.Process(target=run_verb, args=(words, said))
    child.start()
    return child


def run_verb(words: Sequence[str], said: Path) -> None:
    """What a process does: the verb as the command line runs it, what it prints into a file."""
    with said.open("w", encoding="utf-8") as handle:
        os.dup2(handle.fileno(), 1)
        os.dup2(handle.fileno(), 2)
    sys.argv = ["scaudit", *words]
    cli()


def _killed(project: Path, name: str, server: Server, report: Report, chance: random.Random) -> bool:
    """One run that is to be killed; it may be over before, and then its edition is out."""
    child = _start(project, name)
    by_words = chance.random() < 0.85  # noqa: PLR2004 (else at any moment since the start)
    words = chance.randint(1, WORDS) if by_words else 0
    server.watched_by(Executioner(child, words, chance.uniform(0, 0.08 if by_words else 1)))
    code = _ended(child, project)
    server.watched_by(None)
    if code != -signal.SIGKILL:
        report.ended += 1
        return False
    report.killed += 1
    states = {one.state for one in standing(past(project / ".scaudit"))}
    report.left.update(states & {"preparing", "sending"} or {"else"})
    return True


def _finish(project: Path, name: str) -> None:
    """Runs that nobody kills, until nothing is left to try."""
    for _ in range(TRIES):
        _ended(_start(project, name), project)
        if not any(
            one.state in ("preparing", "sending", "failed for now") for one in standing(past(project / ".scaudit"))
        ):
            return
        time.sleep(0.1)


def _ended(child: BaseProcess, project: Path) -> int:
    """How a run ended; what is neither killed nor of its own exit codes is no drill but a bug."""
    child.join(SLOWEST)
    said = project / "said.txt"
    if child.exitcode != -signal.SIGKILL and (child.exitcode not in (0, 1) or not said.is_file()):
        child.kill()
        told = said.read_text(encoding="utf-8") if said.is_file() else "it never began"
        raise RuntimeError(f"a run ended with {child.exitcode}: {told}")
    return child.exitcode


def _copies(project: Path, taken: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often each file is out at each address: taken by the server, or lying in a folder that is whole."""
    found = Counter(taken)
    for key, channel, address, *_ in PEOPLE:
        for folder in (project / "deliveries" / address).glob("[!.]*") if channel == "folder" else ():
            sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
            if any(hashlib.sha256((folder / line[66:]).read_bytes()).hexdigest() != line[:64] for line in sums):
                raise RuntimeError(f"the folder {folder.name} of {key} is not whole")
            found.update((address, line[:64]) for line in sums if "READ_ME" not in line)
    return found


def _faults(project: Path, name: str, taken: Counter[tuple[str, str]]) -> list[str]:
    """Where what is out and what the ledger says differ, and who lacks what without a word of it."""
    every = standing(past(project / ".scaudit"))
    copies, said = _copies(project, taken), _said(every)
    faults = []
    for (key, digest), states in said.items():
        out = copies[_address(key), digest]
        wrong = out != 1 if "delivered" in states else out > ("possibly delivered" in states)
        if wrong:
            faults.append(f"{key} has {out} copies of {digest[:12]} (edition {name}), and the ledger says {states}")
    known = {(_address(key), digest) for key, digest in said}
    faults += [
        f"{address} has {digest[:12]}, of which the ledger knows nothing"
        for address, digest in copies
        if (address, digest) not in known
    ]
    return [*faults, *_lacking(project, name, every)]


def _lacking(project: Path, name: str, every: Sequence[Delivery]) -> Iterator[str]:
    """Who lacks a document of an edition, with no word of it in the ledger, and nothing that says the same."""
    manifest = json.loads((project / "reports" / name / "manifest.json").read_text(encoding="utf-8"))
    files, said = {one["path"]: one["sha256"] for one in manifest["files"]}, _said(every)
    for key, _, _, what, when in PEOPLE:
        for document in manifest["documents"]:
            wanted = what in ("both", "overview" if document["id"] == "overview" else "cards")
            if (
                wanted
                and (key, files[document["files"]["html"]]) not in said
                and not _has_the_same(every, key, document, when)
            ):
                yield f"{key} lacks {document['id']} of edition {name}, and the ledger says nothing"


def _has_the_same(every: Sequence[Delivery], key: str, document: Mapping[str, Any], when: str) -> bool:
    """Whether somebody who wants only changes got last, or may have got, what says the same."""
    mine = [
        line
        for one in every
        if one.state in ("delivered", "possibly delivered") and one.last.stakeholder_id == key
        for line in one.lines
        if line.document_id == document["id"]
    ]
    return when == "only_changes" and bool(mine) and mine[-1].substance == document["substance"]


def _said(every: Sequence[Delivery]) -> dict[tuple[str, str], set[str]]:
    """What the ledger says of each file for each stakeholder, in the end."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in every:
        for line in one.lines:
            found.setdefault((line.stakeholder_id, line.digest), set()).add(one.state)
    return found


def _address(key: str) -> str:
    return next(address for name, _, address, *_ in PEOPLE if name == key)


def main() -> None:
    """Drill, tell, and leave with 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scaudit-drill-") as room:
        report = drill(wanted.runs, wanted.seed, Path(room))
    print(report)
    sys.exit(bool(report.faults))


if __name__ == "__main__":
    main()
