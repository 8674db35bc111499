"""Verifying: what one document proves by itself, check by check, with no project around."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from scaudit.document import signing
from scaudit.errors import ProjectError, ScauditError, cause
from scaudit.examining import Examination, NotPossibleError

Verdict = Literal["ok", "failed", "not possible"]
LARGEST = 500_000_000  # bytes of a file that is read at all
LONGEST = 1_000  # characters of a line
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
CHECKS = ("document", "signature", "seal", "attachments", "pages", "statuses", "words", "engine")


@dataclass(frozen=True)
class Check:
    """One check: what was looked at, what came of it, in a token and in words."""

    name: str
    verdict: Verdict
    words: str


@dataclass(frozen=True)
class Verification:
    """All checks of a file. What was not possible is no difference: an unsigned card has no signature to check."""

    file: str
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """True where no check failed."""
        return all(check.verdict != "failed" for check in self.checks)

    @property
    def lines(self) -> list[str]:
        """One line a check."""
        return [f"{one.verdict:<12}  {one.name:<11}  {one.words}" for one in self.checks]

    def as_json(self) -> dict[str, Any]:
        """For programs; schema scaudit/verify/1."""
        checks = [{"check": one.name, "verdict": one.verdict, "words": one.words} for one in self.checks]
        return {"schema": "scaudit/verify/1", "file": self.file, "passed": self.passed, "checks": checks}


def verify(path: Path, trust: Sequence[Path] = ()) -> Verification:
    """Check a file by itself; `trust` are certificates that vouch for signatures.

    Raises ProjectError where the file cannot be read, UsageError for a certificate that is none.
    """
    pdf = _read(path)
    signing.inspect(b"", trust)  # a certificate that is none is the asker's mistake and no fault of the file
    examination = Examination(pdf, trust)
    return Verification(str(path), tuple(_checked(name, getattr(examination, name)) for name in CHECKS))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ProjectError(f"{path} has more than {LARGEST:,} bytes; no document of scaudit is so large.")
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}; name a PDF file.") from error


def _checked(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, "ok", _plain(check()))
    except NotPossibleError as told:
        return Check(name, "not possible", _plain(str(told)))
    except (ValueError, ScauditError) as told:
        return Check(name, "failed", _plain(cause(told)))
    except Exception as error:  # noqa: BLE001 (a stranger's file may trip whoever reads it in any way)
        return Check(name, "failed", _plain(f"It is not as it must be ({type(error).__name__}: {cause(error)})."))


def _plain(words: str) -> str:
    """Words of bounded length without signs by which a stranger's text could lead a terminal, or a reader, astray."""
    return _UNSEEN.sub("\ufffd", words[:LONGEST])
