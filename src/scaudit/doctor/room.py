"""Room: the disk and the memory that runs need, and whether they may write where they must."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from scaudit.doctor.finding import Finding, broken, fine, look
from scaudit.errors import cause
from scaudit.project import Project
from scaudit.warehouse import published

MEGABYTE = 1_000_000
SPARE = 200 * MEGABYTE
"""What a run of a small project needs at most, with what it lays aside."""
RUNS = 5
"""For how many runs there should be room before somebody looks."""
LOW_MEMORY = 1_000 * MEGABYTE
FEW_FILES = 20_000
BLOCK = 4096
CGROUP = Path("/sys/fs/cgroup/memory.max")
MEMINFO = Path("/proc/meminfo")
FREE_UP = "make room: old editions in reports/ may be moved away, .scaudit/kept is what replays need"


def disk(project: Project) -> Iterator[Finding]:
    """Free space and names for files, against what a run takes."""
    results, reports, state = published(project.state), size_of(project.reports), size_of(project.state)
    editions = max(1, len(_editions(project.reports)))
    need = 2 * (size_of(results) + reports // editions) + SPARE  # the new ones stand beside the old
    free = shutil.disk_usage(project.root).free
    what = (
        f"{in_words(free)} free; state has {in_words(state)}, reports {in_words(reports)}, a run needs {in_words(need)}"
    )
    names = os.statvfs(project.root)
    yield space(free, need, what)
    if names.f_files and names.f_favail < FEW_FILES:
        yield look(f"the disk has names for {names.f_favail} more files only", FREE_UP)


def space(free: int, need: int, what: str) -> Finding:
    """Whether so many free bytes are enough for what a run needs."""
    if free < need:
        return broken(what, FREE_UP)
    return look(what, FREE_UP) if free < RUNS * need else fine(what)


def _editions(reports: Path) -> list[Path]:
    return [path.parent for path in reports.glob("*/manifest.json")]


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; of what goes away meanwhile, none."""
    total = 0
    files = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
    for one in files if path.is_dir() else (path,):
        with suppress(OSError):
            total += one.lstat().st_size
    return total


def in_words(size: int) -> str:
    """A weight in bytes, for people."""
    return f"{size / MEGABYTE:,.0f} MB" if size < 10_000 * MEGABYTE else f"{size / MEGABYTE / 1000:,.0f} GB"


def folders(project: Project) -> Iterator[Finding]:
    """Whether a run may write its state, its editions and its scratch files; nothing stays of the try."""
    places = {"state": project.state, "editions": project.reports, "scratch files": Path(tempfile.gettempdir())}
    bad = {name: why for name, path in places.items() if (why := unwritable(path))}
    for name, why in bad.items():
        yield broken(f"{name}: {why}", "give the user who runs scaudit the right to write there")
    if bad:
        return
    state, reports = (_there(path).stat().st_dev for path in (project.state, project.reports))
    if state != reports:
        mend = "lay both on one: publishing renames from one into the other"
        yield broken(f"{project.state} and {project.reports} lie on two disks", mend)
        return
    yield fine(", ".join(f"{path} takes {name}" for name, path in places.items()))


def unwritable(path: Path) -> str:
    """Why nothing can be written into a folder, or into the one in which it will be made; empty where all is well."""
    place = _there(path)
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(bytes(BLOCK))  # a disk that is full takes names and no bytes
            file.flush()
            return ""
    except OSError as error:
        return f"{place} cannot be written ({cause(OSError(error.strerror or error))})"


def _there(path: Path) -> Path:
    """A folder, or the nearest one above it that is there."""
    return next(one for one in (path, *path.parents) if os.path.lexists(one))


def memory() -> Iterator[Finding]:
    """The memory that is free, and the processors that may be used."""
    free, cores = available(), len(os.sched_getaffinity(0))
    words = f"{cores} processors" if cores > 1 else "1 processor"
    if free is None:
        yield fine(f"this system does not tell how much is free; {words}")
    elif free < LOW_MEMORY:
        yield look(f"{in_words(free)} free, {words}", "end what else runs, or expect large registries to be slow")
    else:
        yield fine(f"{in_words(free)} free, {words}")


def available(meminfo: Path = MEMINFO, limit: Path = CGROUP) -> int | None:
    """The memory that may still be used, in bytes: what is free, or what a container allows, if that is less."""
    try:
        rows = dict(row.split(":", 1) for row in meminfo.read_text(encoding="ascii").splitlines())
        free = int(rows["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, KeyError):
        return None
    try:
        return min(free, int(limit.read_text(encoding="ascii")))
    except (OSError, ValueError):
        return free
