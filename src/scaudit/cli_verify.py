"""The verb `verify`: what one PDF proves by itself, with no project around."""

from pathlib import Path
from typing import Annotated

import typer

from scaudit.terminal import AsJson, Quiet, show


def verify(
    file: Annotated[Path, typer.Argument(help="A card or an overview, as PDF.")],
    trust: Annotated[
        list[Path] | None, typer.Option("--trust", help="A certificate (PEM) that you trust to sign, or to vouch.")
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Is this PDF what was published? Checks signature, seal and attached data, and scores the data again."""
    from scaudit.verifying import verify as run_verify

    found = run_verify(file, trust or ())
    show(as_json, quiet, found.as_json, lambda: print("\n".join(found.lines)))
    if not found.passed:
        raise typer.Exit(1)
