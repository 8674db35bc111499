"""Processes: one measurement each, so that its time and its peak memory are its own, with the load beside it noted.

This module and those that call it import nothing heavy: a child begins with the memory of its parent, and its peak
would never be under that.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
EVERY = 0.5
"""Seconds between two looks at the memory of a whole tree of processes."""


class MeasurementError(RuntimeError):
    """A measurement that came to no result; the message is the end of what it printed."""


@dataclass(frozen=True)
class Took:
    """What one process took. `seconds` is what it says of itself, and else `wall`, from its start to its end.

    `peak_mb` is the peak of its largest single process, `tree_mb` that of all its processes together where it was asked
    for. `others` is the share of the machine's cores that other processes used meanwhile.
    """

    wall: float
    cpu: float
    peak_mb: float
    others: float | None
    tree_mb: float | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return float(self.answer.get("seconds", self.wall))


def run(
    command: Sequence[str | Path],
    *,
    tree: bool = False,
    environment: Mapping[str, str] | None = None,
    told: Callable[[str], None] | None = None,
) -> Took:
    """Run a command to its end and measure it; its last line of output, where that is JSON, is its answer.

    `told` hears every half minute how long it has run. Raises MeasurementError where it ends with an error.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as wrong:
        busy, began = _busy(), time.perf_counter()
        words = [str(word) for word in command]
        child = subprocess.Popen(words, stdout=out, stderr=wrong, env={**os.environ, **(environment or {})})
        watch = _Watch(child.pid, tree, told)
        watch.start()
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            child.terminate()
            child.wait()
            raise
        finally:
            watch.end()
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise MeasurementError(f"{' '.join(words)} ended with {child.returncode}: {_end(wrong) or _end(out)}")
        cpu = usage.ru_utime + usage.ru_stime
        return Took(wall, cpu, usage.ru_maxrss / 1024, _others(busy, cpu, wall), watch.peak_mb, _answer(_end(out)))


def _end(file: Any) -> str:
    file.seek(max(0, file.seek(0, os.SEEK_END) - 4000))
    return str(file.read().decode("utf-8", "replace")).strip()


def _answer(text: str) -> dict[str, Any]:
    with suppress(ValueError, IndexError):
        last = text.splitlines()[-1]
        found = json.loads(last[last.index("{") :])
        return found if isinstance(found, dict) else {}
    return {}


def _busy() -> float | None:
    """Seconds that all cores have worked since the machine began, where it tells."""
    with suppress(OSError, ValueError):
        fields = [int(one) for one in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
        user, nice, system, _idle, _waiting, *interrupts = fields
        return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")
    return None


def _others(busy: float | None, cpu: float, wall: float) -> float | None:
    now = _busy()
    if busy is None or now is None:
        return None
    return round(min(1.0, max(0.0, (now - busy - cpu) / (wall * (os.cpu_count() or 1)))), 2)


class _Watch(threading.Thread):
    """Looks at a process now and then while it runs: the memory of its whole tree."""

    def __init__(self, pid: int, tree: bool, told: Callable[[str], None] | None) -> None:
        super().__init__(daemon=True)
        self.pid, self.tree, self.told = pid, tree, told
        self.peak_mb: float | None = 0.0 if tree else None
        self._ended, self._began, self._said = threading.Event(), time.perf_counter(), 0.0

    def run(self) -> None:
        while (self.tree or self.told) and not self._ended.wait(EVERY):
            now = memory_of_tree(self.pid) if self.tree else 0.0
            self.peak_mb = max(self.peak_mb or 0.0, now) if self.tree else None
            passed = time.perf_counter() - self._began
            if self.told and passed - self._said >= 30:
                self._said = passed
                self.told(f"... {passed:.0f} s" + (f", {now:.0f} MB now" if self.tree else ""))

    def end(self) -> None:
        self._ended.set()
        self.join()


def available_mb() -> float | None:
    """Memory that is free for a new process, where the machine tells."""
    with suppress(OSError, ValueError):
        words = Path("/proc/meminfo").read_text(encoding="ascii").split()
        return int(words[words.index("MemAvailable:") + 1]) / 1024
    return None


def memory_of_tree(pid: int) -> float:
    """MB of memory of a process and all below it, shared pages counted once in all (PSS)."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parent = int(path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(path.parent.name))
    waiting, total = [pid], 0.0
    while waiting:
        one = waiting.pop()
        waiting += below.get(one, [])
        with suppress(OSError):
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    return total


def tidy_when_stopped() -> None:
    """A benchmark that is told to stop ends what it has started and takes away what it has made."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


def turns(rounds: int, **measured: Callable[[], Took]) -> dict[str, list[Took]]:
    """Each of the measurements so often, turn about, so that what else the machine does falls on all alike."""
    found: dict[str, list[Took]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, measure in measured.items():
            found[name].append(measure())
    return found
