"""The verb `indicators`: what a project measures, and when a change could be seen."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from scaudit.terminal import (
    HERE,
    AsCsv,
    AsJson,
    AsOf,
    KnownOn,
    Quiet,
    Synthetic,
    Where,
    an_order,
    one_form,
    progress,
    show,
)

if TYPE_CHECKING:
    from scaudit.order import Order
    from scaudit.results import Results

POWER = "power"


def indicators(
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="Only these indicators; or: power [ID...], when could a change of --change be seen?"),
    ] = None,
    by: Annotated[str, typer.Option(help="Only this group.")] = "",
    definition: Annotated[str, typer.Option(help="Only this version of the definition.")] = "",
    event: Annotated[str, typer.Option(help="Before and after this day: YYYY-MM-DD, a reading day, or start.")] = "",
    change: Annotated[float, typer.Option(help="power: a change such as -0.2 (a fifth fewer, or 20 points).")] = -0.2,
    synthetic: Synthetic = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    project: Where = HERE,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """What is measured: every indicator with its N, interval, source and definition; before and after an event."""
    from scaudit import showing_numbers, tabulating
    from scaudit.audit import examine

    one_form(as_csv, as_json)
    wanted = list(ids or ())
    order = replace(an_order(project, as_of, known_on), synthetic=synthetic, event=event)
    with progress(quiet or as_json or as_csv) as told:
        results, _ = examine(order, told)
    if wanted[:1] == [POWER]:
        _power(order, results, wanted[1:], change, as_json, quiet)
        return
    chosen = (wanted, by or None, definition or None)
    if as_csv:
        print(tabulating.indicators_csv(results, *chosen), end="")
        return
    show(
        as_json,
        quiet,
        lambda: tabulating.indicators_json(results, *chosen),
        lambda: showing_numbers.show_indicators(results, *chosen),
    )


def _power(order: "Order", results: "Results", ids: list[str], change: float, as_json: bool, quiet: bool) -> None:
    from scaudit.project import find_project
    from scaudit.reaching import event_day, reaches, reaches_json
    from scaudit.showing_reach import reached

    settings = find_project(order.root).settings
    day = event_day(results, order.event or settings.event, settings.programme.first)
    found = reaches(results, ids, day, change)
    show(as_json, quiet, lambda: reaches_json(found), lambda: reached(found))
