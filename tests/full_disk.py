"""A disk that fills up at one moment of a run after the other, in a process of its own: what was told, as JSON.

Where no disk may be made, no file may grow past a size instead. Leaves with 3 where neither goes.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from scaudit.audit import audit
from scaudit.errors import ScauditError
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.starting import scaffold
from scaudit.warehouse import open_published

DAY = date(2024, 1, 31)
MOUNTED = os.environ["WITH_MOUNT"] != "0"
DISK = Path(sys.argv[1]) / "disk"
ROOM = (100, "render", "publish")
"""Kilobytes that are left when a run begins, or the step before which nothing is left."""


def run(name: str, later: int, fills: object = None) -> None:
    def step(function, *args):
        if function.__name__ == fills:
            fill(0)
        return function(*args)

    day = DAY + timedelta(days=later)
    clock = datetime(2024, 2, 1 + later)  # noqa: DTZ001 (the ledger keeps UTC without a zone)
    audit(Order(DISK / "audit", day, day, name, "e", with_pdf=False), lambda: clock, step=step)


def fill(kilobytes: int) -> None:
    if not MOUNTED:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, resource.RLIM_INFINITY))
        return
    free = os.statvfs(DISK).f_bavail * os.statvfs(DISK).f_frsize - kilobytes * 1024
    with (DISK / "ballast").open("ab") as file:
        file.write(bytes(max(0, free)))


def empty() -> None:
    if MOUNTED:
        (DISK / "ballast").unlink(missing_ok=True)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def disk() -> Iterator[None]:
    DISK.mkdir()
    if MOUNTED:
        command = ["mount", "-t", "tmpfs", "-o", "size=96m", "scaudit-test", str(DISK)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            DISK.rmdir()
            sys.exit(3)
    tempfile.tempdir = str(DISK)
    yield


def days() -> tuple[str, str]:
    with open_published(DISK / "audit" / ".scaudit") as con:
        (day,) = con.execute("select as_of::varchar from run").fetchone()
    return json.loads((DISK / "audit" / "reports" / "e" / "audit.json").read_text())["as_of"], day


def main() -> None:
    told, failed, readable = [], [], []
    with disk():
        scaffold(DISK / "audit")
        run("first", 0)
        for number, room in enumerate(ROOM, 1):
            try:
                fill(room) if isinstance(room, int) else None
                run(f"full-{room}", number, room)
            except ScauditError as error:
                told.append(str(error))
                failed.append(f"full-{room}")
                readable.append(days())
            empty()
        run("last", 5)
        ends = {one["run_id"]: one["outcome"] for one in past_runs(DISK / "audit" / ".scaudit")}
        left = [path.name for path in (DISK / "audit" / ".scaudit" / "runs").iterdir()]
        found = {"told": told, "failed": failed, "readable": readable, "after": days(), "ends": ends, "left": left}
        print(json.dumps(found))
        shutil.rmtree(DISK / "audit")


if __name__ == "__main__":
    main()
