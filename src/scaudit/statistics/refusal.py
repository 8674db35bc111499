"""The refusal of a figure: there is too little to compute it from."""

from scaudit.errors import ProjectError


class NotComputableError(ProjectError):
    """A method cannot be used on these data. The text says what it needs; whoever prints it writes "not computed: "."""
