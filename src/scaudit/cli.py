"""The command line: each verb parses, calls one function, prints. Heavy imports sit inside the verb that needs them."""

import io
import sys
import traceback
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from scaudit import __version__
from scaudit.cli_distribute import deliveries, distribute
from scaudit.cli_doctor import doctor
from scaudit.cli_indicators import indicators
from scaudit.cli_keys import keys
from scaudit.cli_verify import verify
from scaudit.collector import seldom
from scaudit.errors import ScauditError
from scaudit.terminal import (
    DAY,
    HERE,
    AsCsv,
    AsJson,
    AsOf,
    By,
    ComparedRuns,
    Fresh,
    KnownOn,
    Quiet,
    Replayed,
    SilentSince,
    Synthetic,
    Where,
    a_run_id,
    alone,
    an_order,
    now,
    one_form,
    own_days,
    progress,
    show,
    sorts,
)

app = typer.Typer(
    name="scaudit",
    help="Follow up recommendations: what was asked, what the evidence shows, what is only claimed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line and leave with its exit code; a bug of ours leaves with a traceback and 70."""
    seldom()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without a sign is no reason to stop
    try:
        app()
    except ScauditError as error:
        print(f"scaudit: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except Exception:
        traceback.print_exc()
        print("scaudit: this is a mistake in scaudit itself; please report it with the lines above.", file=sys.stderr)
        sys.exit(70)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    if version:
        print(f"scaudit {__version__}")
        raise typer.Exit


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="The folder to make; it must be new or empty.")]) -> None:
    """Make a new audit project that runs at once."""
    from scaudit.starting import scaffold

    scaffold(folder)
    print(f"A new project lies in {folder}. Next: cd {folder} && scaudit audit")


@app.command()
def check(
    project: Where = HERE,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 when a row is held or gone, or a copy differs.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read and validate only; show what is held in quarantine or vanished, and whether kept copies still agree."""
    from scaudit import showing
    from scaudit.inspecting import inspect

    with progress(quiet or as_json) as told:
        found = inspect(project, told)
    show(as_json, quiet, found.as_json, lambda: showing.inspection(found))
    if strict and not found.clean:
        raise typer.Exit(1)


@app.command()
def audit(
    items: Annotated[list[str] | None, typer.Argument(help="Only these items' cards; default all.")] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    edition: Annotated[str, typer.Option(help="The name of what is published.", show_default="the as-of day")] = "",
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Make the PDFs too.")] = True,
    run: Replayed = "",
    synthetic: Synthetic = False,
    fresh: Fresh = False,
    project: Where = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read, check, score and render; publish the scorecards under reports/. Or make a past run again."""
    from scaudit import showing
    from scaudit.audit import audit as run_audit
    from scaudit.scorecard.card_json import audit_json

    if run:
        alone(items, as_of, known_on, edition, not pdf, synthetic, fresh)
        _replay(project, run, as_json, quiet)
        return
    order = an_order(project, as_of, known_on, edition, tuple(items or ()), pdf)
    order = replace(order, synthetic=synthetic, fresh=fresh)
    with progress(quiet or as_json) as told:
        outcome = run_audit(order, now, progress=told)
    for note in (*outcome.notes, *([outcome.unchanged] if outcome.unchanged and not quiet else ())):
        print(f"scaudit: {note}", file=sys.stderr)
    show(
        as_json,
        quiet,
        lambda: audit_json(outcome.results, list(outcome.files)),
        lambda: showing.outcome(outcome.results, outcome.files, outcome.vanished, order.name),
    )
    if as_json or quiet:
        showing.instead(outcome.edition, order.name, sys.stderr)
        showing.vanished(outcome.vanished, sys.stderr)


def _replay(project: Path, run: str, as_json: bool, quiet: bool) -> None:
    from scaudit.replaying import replay
    from scaudit.scorecard.card_json import audit_json

    with progress(quiet or as_json) as told:
        found = replay(project, run, a_run_id(), now, told)
    results, files = found.outcome.results, list(found.outcome.files)
    show(as_json, quiet, lambda: audit_json(results, files), lambda: print(found.words))
    if as_json or (quiet and not found.faithful):
        print(found.words, file=sys.stderr)
    if not found.faithful:
        raise typer.Exit(1)


@app.command()
def explain(
    target: Annotated[str, typer.Argument(help="An item or a criterion; a bare id means all its parts.")],
    as_of: AsOf = None,
    known_on: KnownOn = None,
    project: Where = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Why a criterion stands where it stands, what would raise it, and what would lower it."""
    from scaudit import showing
    from scaudit.audit import examine
    from scaudit.reasoning import explanations, explanations_json

    order = an_order(project, as_of, known_on)
    with progress(quiet or as_json) as told:
        results, _ = examine(order, told)
    found = explanations(results, target)
    show(as_json, quiet, lambda: explanations_json(results, found), lambda: showing.explained(results, found))


@app.command()
def questions(
    targets: Annotated[list[str] | None, typer.Argument(help="Only of these items or criteria; default all.")] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    silent_since: SilentSince = None,
    project: Where = HERE,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """What to ask, and whom: one request for each ask that is unknown, stale or only said to be done."""
    from scaudit import showing
    from scaudit.asking import asked, questions_json, silence_csv
    from scaudit.audit import examine
    from scaudit.project import find_project
    from scaudit.scorecard.questions import questions_csv

    one_form(as_csv or silent_since is not None, as_json)
    order, days = an_order(project, as_of, known_on), find_project(project).settings.questions.answer_days
    with progress(quiet or as_json) as told:
        results, _ = examine(order, told)
    if silent_since:
        print(silence_csv(results, targets or (), silent_since.date(), days), end="")
        return
    found = asked(results, targets or ())
    if as_csv:
        print(questions_csv(found, days), end="")
        return
    printed = questions_json(results, found, days)
    show(as_json, quiet, lambda: printed, lambda: showing.questions(results, found, days))


@app.command()
def compare(
    items: Annotated[list[str] | None, typer.Argument(help="Only these items; default all.")] = None,
    since: Annotated[str, typer.Option("--from", help="The first day, or a reading day by its id.")] = "",
    until: Annotated[str, typer.Option("--to", help="The second day, or a reading day by its id.")] = "",
    window: Annotated[str, typer.Option(help="Instead of two days: a window of scaudit.toml.")] = "",
    known_on: KnownOn = None,
    known_from: Annotated[datetime | None, typer.Option(formats=DAY, help="What was known on the first side?")] = None,
    known_to: Annotated[datetime | None, typer.Option(formats=DAY, help="What was known on the second side?")] = None,
    as_of: AsOf = None,
    rulesets: Annotated[
        tuple[str, str] | None, typer.Option("--ruleset", help="Instead of two days: two rulesets.")
    ] = None,
    runs: ComparedRuns = None,
    project: Where = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """What moved between two days, two rulesets or two runs, and what moved it."""
    from scaudit import showing_moves
    from scaudit.comparing import compare_days, compare_rulesets, sides
    from scaudit.history import compare_runs

    order = an_order(project, as_of, known_on, items=tuple(items or ()))
    days = sides(order, since, until, window, bool(rulesets), bool(runs))
    own_days(runs, as_of, known_on, known_from, known_to)
    known = (known_from.date() if known_from else order.known_on, known_to.date() if known_to else order.known_on)
    with progress(quiet or as_json) as told:
        if runs:
            found = compare_runs(order, runs, told)
        else:
            found = compare_rulesets(order, rulesets, told) if rulesets else compare_days(order, days, known, told)
    show(as_json, quiet, found.as_json, lambda: showing_moves.comparison(found))


@app.command()
def report(
    items: Annotated[list[str] | None, typer.Argument(help="Only these items' cards; default all.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Make the PDFs too.")] = True,
    by: By = None,
    project: Where = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Render again from the last results; nothing is read or scored anew."""
    from scaudit import showing
    from scaudit.audit import report as run_report

    order = replace(an_order(project, None, None, "", tuple(items or ()), pdf), by=sorts(by))
    with progress(quiet or as_json) as told:
        edition, files = run_report(order, told)
    show(
        as_json,
        quiet,
        lambda: {"schema": "scaudit/report/1", "edition": edition, "files": files},
        lambda: showing.files(edition, files),
    )


app.command()(indicators)
app.command()(distribute)
app.command()(deliveries)
app.command()(verify)
app.command()(doctor)
app.add_typer(keys, name="keys")


@app.command()
def runs(project: Where = HERE, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """List the runs that the ledger keeps, the newest first."""
    from scaudit import showing
    from scaudit.ledger import past_runs
    from scaudit.project import find_project

    found = past_runs(find_project(project).state, files=as_json)
    show(as_json, quiet, lambda: {"schema": "scaudit/runs/1", "runs": found}, lambda: showing.runs(found))
