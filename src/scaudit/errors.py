"""The two ways in which somebody else's mistake is told: one sentence, with the exit code of its kind."""

import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of signs that nobody sees: they may steer a terminal, or turn the words around them."""


class ScauditError(Exception):
    """A mistake that its reader can mend. The text is one sentence: what, where, what to do."""

    exit_code = 1

    def __init__(self, text: str) -> None:
        super().__init__(plain(text))


class UsageError(ScauditError):
    """The command was used wrongly (exit 2)."""

    exit_code = 2


class ProjectError(ScauditError):
    """The project or its input cannot be used (exit 3)."""

    exit_code = 3


def cause(error: BaseException) -> str:
    """What failed, in one line."""
    return plain(" ".join((str(error) or type(error).__name__).split()))


def plain(text: str) -> str:
    """Text in which every sign can be seen: those that cannot be stand there by their number, as in Python."""
    if text.isprintable():
        return text
    return "".join(_named(sign) if unicodedata.category(sign) in _UNSEEN else sign for sign in text)


def _named(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
