"""A finding: what a look at one thing gave, in one line, with how to mend it where that is needed."""

from dataclasses import dataclass
from typing import Literal

from scaudit.errors import ScauditError, plain

State = Literal["fine", "look", "broken", "not set up"]


@dataclass(frozen=True)
class Finding:
    """How one thing stands, what was seen, and how to mend it.

    `check` names the thing where that is another than what the check as a whole looks at.
    """

    state: State
    what: str
    mend: str = ""
    check: str = ""


def fine(what: str, check: str = "") -> Finding:
    """It is as it should be."""
    return Finding("fine", what, check=check)


def look(what: str, mend: str, check: str = "") -> Finding:
    """It works, and somebody should know."""
    return Finding("look", what, mend, check)


def broken(what: str, mend: str, check: str = "") -> Finding:
    """It does not work, or will not when it is needed."""
    return Finding("broken", what, mend, check)


def not_set_up(what: str, mend: str = "", check: str = "") -> Finding:
    """It is not there, and need not be."""
    return Finding("not set up", what, mend, check)


def told(error: ScauditError) -> Finding:
    """One of our sentences, which say what is wrong, then how to mend it."""
    what, _, mend = str(error).rstrip(".").rpartition("; ")
    return broken(what, mend) if what else broken(mend, "")


def refused(error: OSError) -> Finding:
    """What the machine refuses."""
    where = f"{error.filename} cannot be read or written" if error.filename else "The machine refuses it"
    return broken(plain(f"{where}: {error.strerror or error}"), "give the user who runs scaudit the right to it")
