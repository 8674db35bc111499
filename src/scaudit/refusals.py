"""Refusals: what the machine would not do (a full disk, a folder without the right to write) as one sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from scaudit.errors import ProjectError, cause

_OF_THE_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE}
)
"""What an operating system says of its disk and rights, also where it does not say of which file."""
_OF_THE_DATABASE = ("No space left", "File too large", "Read-only file system", "Permission denied", "quota exceeded")


def refusal(error: BaseException) -> ProjectError | None:
    """What the machine refuses a run, as a sentence; None where the error is something else."""
    why = _of_the_disk(error) or _of_the_memory(error)
    return ProjectError(f"{why}; nothing was published.") if why else None


@contextmanager
def telling() -> Iterator[None]:
    """Tell what the machine refuses as its sentence."""
    try:
        yield
    except BaseException as error:
        if told := refusal(error):
            raise told from error
        raise


def _of_the_disk(error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename2 or error.filename} cannot be read or written: {error.strerror}"
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        return f"A file cannot be read or written: {error.strerror}"
    if isinstance(error, duckdb.Error) and any(sign in str(error) for sign in _OF_THE_DATABASE):
        return f"The database of the run cannot be written ({cause(error)})"
    return ""


def _of_the_memory(error: BaseException) -> str:
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return f"There is too little memory ({cause(error)})"
    # named by its class: what it is imported from takes long to load, and few runs use it
    if type(error).__name__ in ("BrokenProcessPool", "BrokenExecutor", "KilledWorker"):
        return "A process that was making documents ended before it was done, most often since memory ran out"
    return ""
