"""Looking: one check after another, each with a limit of time, and none that can end the doctor."""

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from scaudit.doctor.finding import Finding, broken, refused, told
from scaudit.errors import ScauditError, cause, plain

SHORTEST_SECRET = 4  # a shorter one is in every second word, and hiding it would show it


@dataclass(frozen=True)
class Check:
    """Something to look at, by name, and how that is done. What is heavy to load has `patience` times the limit."""

    name: str
    look: Callable[[], Iterable[Finding]]
    patience: float = 1


def looked(
    checks: Iterable[Check], limit: float, secrets: Sequence[str], progress: Callable[[str], None]
) -> Iterator[Finding]:
    """What each check finds. One that takes longer than `limit` seconds is left behind; `secrets` are never shown."""
    for check in checks:
        progress(f"looking at: {check.name.lower()}")
        for found in _within(check, limit * check.patience):
            what, mend = _hidden(found.what, secrets), _hidden(found.mend, secrets)
            yield replace(found, what=what, mend=mend, check=found.check or check.name)


def _within(check: Check, limit: float) -> list[Finding]:
    """What a check finds within its time. A thread that hangs is a daemon: it keeps nobody from leaving."""
    answer: SimpleQueue[list[Finding]] = SimpleQueue()
    Thread(target=lambda: answer.put(_caught(check)), name=check.name, daemon=True).start()
    try:
        return answer.get(timeout=limit)
    except Empty:
        return [broken(f"no answer within {limit:g} seconds", "see what holds it up, or allow more by --limit")]


def _caught(check: Check) -> list[Finding]:
    """What a check finds, or how it failed."""
    try:
        return list(check.look())
    except ScauditError as error:
        return [told(error)]
    except OSError as error:
        return [refused(error)]
    except BaseException as error:  # noqa: BLE001 (a check may not end the doctor; what is our mistake is told as such)
        return [_own(error)]


def _own(error: BaseException) -> Finding:
    """A check that failed by surprise, with the place in the code."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    what = plain(f"this check itself failed: {type(error).__name__}: {cause(error)} ({where})")
    return broken(what, "this is a mistake in scaudit; please report it with this line")


def _hidden(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "(hidden)")
    return text
