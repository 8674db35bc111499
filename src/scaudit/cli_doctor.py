"""The verb `doctor`: what is wrong with the installation and the project, in one line each, and how to mend it."""

from typing import TYPE_CHECKING, Annotated

import typer

from scaudit.terminal import HERE, AsJson, Quiet, Where, now, progress, show, signs_shown

if TYPE_CHECKING:
    from scaudit.doctor.rounds import Round

SIGNS = {"fine": "\u2713", "look": "!", "broken": "\u2717", "not set up": "-"}
PLAIN = {"fine": "+", "look": "!", "broken": "x", "not set up": "-"}
COLOURS = {"fine": "green", "look": "yellow", "broken": "bold red", "not set up": "dim"}
MENDS = {"look": "What to do", "broken": "To mend it", "not set up": "To set it up"}


def doctor(
    limit: Annotated[
        float,
        typer.Option(min=0.1, max=600, help="Seconds that one check may take; four times that where it loads much."),
    ] = 10.0,
    project: Where = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Look at libraries, fonts, settings, key, mail, disk, ledger and schedule: what is wrong, and how to mend it.

    Nothing is sent, and nothing is changed. Exit 1 when something is broken.
    """
    from scaudit.doctor.rounds import examine

    with progress(quiet or as_json) as told:
        found = examine(project, now(), limit, told)
    show(as_json, quiet, found.as_json, lambda: _print(found))
    if found.broken:
        raise typer.Exit(1)


def _print(found: "Round") -> None:
    """A line for each thing: a sign, its word, the thing, what was seen, and how to mend it."""
    from scaudit.showing import line

    signs = SIGNS if signs_shown() else PLAIN
    for one in found.findings:
        mend = f" {MENDS[one.state]}: {one.mend}." if one.mend else ""
        line(f"{signs[one.state]} {one.state:<11}{one.check:<15}{one.what}.{mend}", style=COLOURS[one.state])
    looks = sum(one.state == "look" for one in found.findings)
    line(f"{found.broken} broken, {looks} to look at.")
