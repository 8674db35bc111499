"""How long verbs take to start, and the audit of this repository's own items, against `python -c pass`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from findings import FLOOR, OURS, Group, Line, Verdict, line
from process import PYTHON, ROOT, Took, run
from workshop import CLI, Workshop

HELP, NINE = 0.3, 5.0
PARTS = ("scaudit.toml", "inputs", "schemas", "reports/templates")
VERBS = {
    "scaudit --version": ("--version",),
    "scaudit --help": ("--help",),
    "scaudit audit --help": ("audit", "--help"),
    "scaudit runs": ("runs", "--project"),
    "scaudit check": ("check", "-q", "--project"),
    "scaudit explain": ("explain", "OIG-12-66/R1", "-q", "--project"),
    "scaudit questions": ("questions", "-q", "--project"),
    "scaudit report --no-pdf": ("report", "--no-pdf", "-q", "--project"),
}
NOTES = (
    "the project is this repository's own: its inputs are no made-up ones. The audit is the first one of a fresh copy.",
)


def starts(shop: Workshop) -> Iterator[Group]:
    shop.say("starts")
    count = max(1, shop.sizes.starts // 3)
    audits = []
    for number in range(count):
        folder = _copy(shop.folder / f"nine-{number}")
        audits.append(run([*CLI, "audit", "-q", "--project", folder], tree=True))
    folder = shop.folder / "nine-0"
    nothing: list[Took] = []
    took: dict[str, list[Took]] = {name: [] for name in VERBS}
    for _ in range(shop.sizes.starts):
        nothing.append(run([PYTHON, "-c", "pass"]))
        for name, words in VERBS.items():
            more = [folder] if words[-1] == "--project" else []
            took[name].append(run([*CLI, *words, *more]))
    yield _group(nothing, took, audits)


def _copy(folder: Path) -> Path:
    folder.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "records"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def _group(nothing: list[Took], took: dict[str, list[Took]], audits: list[Took]) -> Group:
    floor = line("python -c pass", FLOOR, nothing)
    lines = [floor, *(_against(name, times, floor) for name, times in took.items())]
    lines.append(_against("scaudit audit, PDFs too", audits, floor))
    helped = tuple(one.wall for one in took["scaudit --help"])
    verdicts = (
        Verdict("scaudit --help", helped, "s", HELP),
        Verdict("audit of this repository's own items, with PDFs", tuple(one.wall for one in audits), "s", NINE),
    )
    return Group("starts", "Starts of the verbs, and the audit of this repository", tuple(lines), verdicts, NOTES)


def _against(name: str, took: list[Took], floor: Line) -> Line:
    found = line(name, OURS, took)
    return line(name, OURS, took, note=f"{found.middle / floor.middle:.1f} x")
