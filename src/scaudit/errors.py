"""The two ways in which somebody else's mistake is told: one sentence, with the exit code of its kind."""


class ScauditError(Exception):
    """A mistake that its reader can mend. The text is one sentence: what, where, what to do."""

    exit_code = 1


class UsageError(ScauditError):
    """The command was used wrongly (exit 2)."""

    exit_code = 2


class ProjectError(ScauditError):
    """The project or its input cannot be used (exit 3)."""

    exit_code = 3


def refusal(error: BaseException) -> ProjectError | None:
    """What the machine refuses a run (a full disk, a folder without the right to write) as a sentence."""
    if not isinstance(error, OSError) or error.filename is None:
        return None
    return ProjectError(f"{error.filename} cannot be read or written: {error.strerror}; nothing was published.")


def cause(error: BaseException) -> str:
    """What failed, in one line."""
    return " ".join((str(error) or type(error).__name__).split())
