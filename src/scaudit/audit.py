"""The audit: the whole run as named steps, from the input files to a published edition.

The command line calls the steps as they are; a flow passes its own `step`, which wraps each as a task. Every step
opens the private database of the run and closes it, so that a step can be tried again and run anywhere.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from scaudit import deliveries, earlier, editions, errors, killed, ledger, mending, publishing, warehouse
from scaudit.audited import Outcome
from scaudit.counts import CheckReport
from scaudit.crews import dismiss, stand_by
from scaudit.errors import ProjectError, UsageError, cause
from scaudit.gathering import Gathered, complete_published, gathered, gathered_once, hold, let_go
from scaudit.indicators import declarations
from scaudit.keeping import confirm, keep, stayed
from scaudit.making import made_of
from scaudit.order import Order
from scaudit.outcome import collect, grounds, rows
from scaudit.progressed import Progressed
from scaudit.project import Project, find_project
from scaudit.publishing import recover
from scaudit.reading import InputFile, Progress, data_digest, read_inputs, silent
from scaudit.records import marks_of_files, read_records
from scaudit.refusals import refusal, telling
from scaudit.rendering import FanOut, on_this_machine, render_chunk, taken
from scaudit.repeated import Repeated, repeated, whole
from scaudit.results import Results
from scaudit.rules import Ruleset, load_ruleset
from scaudit.saying import keep as keep_said
from scaudit.statement import literal_list, statement
from scaudit.vanishing import Vanished, vanished
from scaudit.workplace import clear, workplace

T = TypeVar("T")
Step = Callable[..., Any]


def plain(function: Callable[..., T], *args: Any) -> T:
    """The step that just calls."""
    return function(*args)


def audit(
    order: Order,
    now: Callable[[], datetime],
    step: Step = plain,
    progress: Progress = silent,
    fan_out: FanOut = on_this_machine,
) -> Outcome:
    """Read, check, score, render and publish; the ledger has the run, however it ends.

    `now` gives the time in UTC; it dates the ledger and nothing else. Cards are rendered by way of `fan_out`. A run
    that fails leaves results and editions as they were. An edition that was distributed stays too: E.2 is published
    then, and the results bear that name. Raises UsageError and ProjectError.
    """
    project = find_project(order.root)
    found = mending.set_right(project, now())
    order = replace(order, edition=editions.free_name(project, order.name, deliveries.editions(project.state)))
    begun = _begun(order, project, now())
    with telling(), workplace(project, order.run_id) as folder:
        killed.note(folder, begun)
        so_far = Progressed(begun, folder, [*found.notes])
        try:
            publishing.check_place(project)
            editions.check_key(project, order.with_pdf and order.sign)
            outcome = mending.again(project, so_far.notes, lambda: _run(order, so_far, step, fan_out, progress))
        except BaseException as error:
            dismiss()  # while the folder is there in which it works
            clear(folder)  # a disk that was full has room for a line in the ledger again
            killed.enter(project, folder, so_far.ended(now(), "failed", cause(refusal(error) or error)))
            raise
        finally:
            let_go()
            dismiss()
        so_far.notes += mending.clock(project, begun.started_at, now())
        with ThreadPoolExecutor(1, "scaudit-clear") as aside:  # what was published before may be very many files
            aside.submit(clear, folder)
            killed.enter(project, folder, so_far.ended(now(), "done", " ".join(so_far.said)))
    return replace(outcome, notes=(*killed.sentences(found.killed), *so_far.notes))


def _run(order: Order, so_far: Progressed, step: Step, fan_out: FanOut, progress: Progress) -> Outcome:
    def timed(function: Callable[..., T], *args: Any) -> T:
        began = time.perf_counter()
        try:
            return step(function, order, *args, progress)  # type: ignore[no-any-return]
        finally:
            so_far.timings[function.__name__] = round(time.perf_counter() - began, 3)

    project = find_project(order.root)
    so_far.kept = own = keep(project, [])
    same = None if order.fresh else repeated(project, order.asked)
    if same:
        return _repeat(project, so_far, same)
    if order.with_pdf and not order.fresh:
        stand_by(project, order.private, render_chunk)
    so_far.inputs = timed(load)
    with ThreadPoolExecutor(1, "scaudit-keep") as aside:  # to copy files needs a disk, to check rows does not
        kept = aside.submit(keep, project, so_far.inputs)
        try:
            so_far.report = report = timed(validate)
        finally:
            so_far.kept = {**kept.result(), **own}
    so_far.inputs = [*so_far.inputs, *timed(measure_record)]
    so_far.vanished = _vanished(order)
    timed(score_record, data_digest(so_far.inputs), report)
    _conclude(order, so_far.inputs)
    so_far.made_of = made_of(project, order.with_pdf)
    digests = timed(render, fan_out)
    so_far.files, found = [*digests], gathered_once(order.database, project)
    confirm(project, so_far.kept)
    so_far.about_to_publish(digests)
    timed(publish)
    so_far.published = digests
    edition = found.results.run["edition"]
    return Outcome(_teller(project, found), edition, report, tuple(so_far.files), so_far.vanished)


def _repeat(project: Project, so_far: Progressed, same: Repeated) -> Outcome:
    """Do nothing; the ledger has the run as it has the one that it would repeat."""
    so_far.inputs, so_far.report, so_far.kept = [*same.inputs], same.report, same.kept
    so_far.made_of, so_far.published = same.made_of, same.files
    so_far.repeats = same.words
    return Outcome(
        partial(complete_published, project), same.edition, same.report, tuple(same.files), unchanged=same.words
    )


def _teller(project: Project, found: Gathered) -> Callable[[], Results]:
    """Who gives the results of a run: of many items they are gathered when somebody wants to see them."""
    return partial(complete_published, project) if found.saying else lambda: found.results


def load(order: Order, progress: Progress = silent) -> list[InputFile]:
    """Read the input files into the private database of the run; of what was published, only files that changed."""
    order.private.mkdir(parents=True, exist_ok=True)
    project = find_project(order.root)
    earlier.begin(project, order.database, fresh=order.fresh)
    with closing(warehouse.connect(order.database)) as con:
        return read_inputs(con, project, progress)


def validate(order: Order, progress: Progress = silent) -> CheckReport:
    """Check what was read: good rows become typed tables, bad ones go to quarantine."""
    from scaudit.checking import check  # noqa: PLC0415 (heavy, and not wanted where nothing has changed)

    with closing(warehouse.connect(order.database)) as con:
        return check(con, find_project(order.root), progress)


def measure_record(order: Order, progress: Progress = silent) -> list[InputFile]:
    """Compute every indicator; what they say of an ask becomes evidence. Gives the files that this read besides.

    Raises ProjectError where such a file is made up and that was not asked for.
    """
    from scaudit.computed import testify  # noqa: PLC0415 (these are heavy, and not wanted where nothing has changed)
    from scaudit.measuring import measure  # noqa: PLC0415
    from scaudit.weighing import weigh  # noqa: PLC0415

    project = find_project(order.root)
    before = marks_of_files(project)
    with closing(warehouse.connect(order.database)) as con:
        records = read_records(con, project, progress)
        if records.synthetic and not order.synthetic:
            name = next(table.name for table in records.tables if table.synthetic)
            raise ProjectError(f"The files of records.{name} are synthetic; take them away, or say --synthetic.")
        con.execute(statement("numbers", "stay_inside", folders=literal_list([f"{project.root}/"])))
        declared = measure(con, project, records, progress)
        weigh(con, project, declared, order.event, order.as_of)
        testify(con, declared)
        con.execute(statement("numbers", "drop_records"))
    stayed(before, marks_of_files(project))
    return [*declarations(project), *records.inputs]


def score_record(order: Order, digest: str, report: CheckReport, progress: Progress = silent) -> None:
    """Score in both readings, and once more for every record that might move a rung."""
    progress("scoring")
    project = find_project(order.root)
    with closing(warehouse.connect(order.database)) as con:
        check_items(order, {row["item_id"] for row in rows(con, "item_ids")})
        earlier.judge_changed(con, project, (order.as_of, order.known_on))
        con.execute(
            statement("sql", "keep_run"),
            [
                *(order.name, order.as_of, order.known_on, _ruleset(project).id, digest),
                *(report.public.read, report.public.loaded, report.public.quarantined),
            ],
        )


def _ruleset(project: Project) -> Ruleset:
    return load_ruleset(project.settings.ruleset, project.rulesets)


def check_items(order: Order, known: set[str]) -> None:
    """Refuse an order that names an item which is not there."""
    unknown = [item for item in order.items if item not in known]
    if unknown:
        raise UsageError(f"There is no item {unknown[0]!r}; the items are {', '.join(sorted(known))}.")


def render(order: Order, fan_out: FanOut = on_this_machine, progress: Progress = silent) -> dict[str, str]:
    """Write the files of the edition into the private folder; gives what `editions.write` gives."""
    wanted = editions.Wanted(order.items, order.with_pdf, order.sign, order.fresh, fan_out=fan_out)
    project = find_project(order.root)
    found = gathered_once(order.database, project)
    return editions.write(project, found, order.database, order.private, wanted, progress)


def publish(order: Order, progress: Progress = silent) -> None:
    """Put edition and results in the place of the earlier ones, both or neither."""
    progress("publishing")
    publishing.publish(find_project(order.root), order.private, order.name)


def report(order: Order, progress: Progress = silent) -> tuple[str, list[str]]:
    """Render again from the last results, under their own name; nothing is read or scored anew.

    Gives the edition, and its files relative to it.
    """
    project = find_project(order.root)
    _ruleset(project)  # refused before the work, where there is none
    editions.check_key(project, order.with_pdf and order.sign)
    recover(project)
    with telling(), workplace(project, order.run_id) as folder:
        mark = publishing.mark(project)
        database = taken(project.state, folder)
        found = gathered(database, project)
        edition = found.results.run["edition"]
        editions.check_own(project, edition, deliveries.editions(project.state))
        wanted = editions.Wanted(order.items, order.with_pdf, order.sign, order.fresh, by=order.by)
        hold(database, found)
        try:
            files = editions.write(project, found, database, folder, wanted, progress)
        finally:
            let_go()
        publishing.publish(project, folder, edition, mark)
    return edition, [*files]


def examine(order: Order, progress: Progress = silent) -> tuple[Results, CheckReport]:
    """Score for one day without publishing anything; the ledger has no word of it."""
    with workplace(find_project(order.root), order.run_id):
        inputs = load(order, progress)
        found = validate(order, progress)
        inputs = [*inputs, *measure_record(order, progress)]
        score_record(order, data_digest(inputs), found, progress)
        return _collected(order), found


def _collected(order: Order) -> Results:
    """The results of the run, out of its private database, with the rows that were scored: every document has them."""
    with closing(warehouse.connect(order.database)) as con:
        ruleset = _ruleset(find_project(order.root))
        return replace(collect(con, ruleset), grounds=grounds(con, ruleset))


def _vanished(order: Order) -> tuple[Vanished, ...]:
    """The rows that the results published last had and that were not read now."""
    state = find_project(order.root).state
    if not warehouse.published(state).is_file():
        return ()
    with closing(warehouse.connect(order.database)) as con:
        return vanished(con, state)


def _conclude(order: Order, inputs: list[InputFile]) -> None:
    """Note in the results what they are made from, so that the next run knows what it need not do."""
    project = find_project(order.root)
    found = gathered(order.database, project)
    with closing(warehouse.connect(order.database)) as con:
        if found.saying:
            keep_said(con, found.saying)
        earlier.conclude(con, whole(project, order.asked, inputs), found.results)
    hold(order.database, found)


def _begun(order: Order, project: Project, at: datetime) -> ledger.LedgerEntry:
    """What the ledger is to know of a run that begins now."""
    return ledger.LedgerEntry(
        run_id=order.run_id,
        started_at=at,
        ended_at=at,
        outcome=killed.KILLED,
        as_of=order.as_of,
        known_on=order.known_on,
        edition=order.name,
        ruleset=project.settings.ruleset,
        items=tuple(errors.plain(item) for item in order.items),
        with_pdf=order.with_pdf,
    )
