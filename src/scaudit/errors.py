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
