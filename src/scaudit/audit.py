"""The audit: the whole run as named steps, from the input files to a published edition.

The command line calls the steps as they are; a flow passes its own `step`, which wraps each as a task. Every step
opens the private database of the run and closes it, so that a step can be tried again and run anywhere.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from scaudit import deliveries, editions, errors, publishing, warehouse
from scaudit.checking import CheckReport, check
from scaudit.computed import testify
from scaudit.errors import ProjectError, UsageError, cause, refusal
from scaudit.indicators import declarations
from scaudit.judging import judge
from scaudit.keeping import confirm, keep
from scaudit.making import made_of
from scaudit.measuring import measure
from scaudit.outcome import collect, grounds, rows
from scaudit.project import Project, find_project
from scaudit.publishing import RESULTS, recover
from scaudit.reading import InputFile, Progress, data_digest, read_inputs, silent
from scaudit.records import read_records
from scaudit.results import Results
from scaudit.rules import Ruleset, load_ruleset
from scaudit.statement import literal_list, statement
from scaudit.vanishing import Vanished, vanished
from scaudit.weighing import weigh
from scaudit.workplace import runs_folder, workplace

T = TypeVar("T")
Step = Callable[..., Any]


@dataclass(frozen=True)
class Order:
    """What is asked of a run: for which days, under which name, which cards, signed or not."""

    root: Path
    as_of: date
    known_on: date
    run_id: str
    edition: str = ""
    items: tuple[str, ...] = ()
    with_pdf: bool = True
    synthetic: bool = False
    event: str = ""
    sign: bool = True

    @property
    def name(self) -> str:
        """The name of the edition: by default the as-of day."""
        return self.edition or self.as_of.isoformat()

    @property
    def private(self) -> Path:
        """The folder in which the run works until it publishes."""
        return runs_folder(find_project(self.root)) / self.run_id

    @property
    def database(self) -> Path:
        """The database of the run."""
        return self.private / RESULTS


@dataclass
class Progressed:
    """How far a run has come: what the ledger keeps of it, also where it fails half-way."""

    inputs: list[InputFile] = field(default_factory=list)
    report: CheckReport | None = None
    files: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    vanished: tuple[Vanished, ...] = ()
    made_of: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a run gave: its results, its counts, and the files of its edition, relative to the edition's folder.

    `vanished` are the rows that the results published before still had; no edition says a word of them.
    """

    results: Results
    report: CheckReport
    files: tuple[str, ...]
    vanished: tuple[Vanished, ...] = ()


def plain(function: Callable[..., T], *args: Any) -> T:
    """The step that just calls."""
    return function(*args)


def audit(order: Order, now: Callable[[], datetime], step: Step = plain, progress: Progress = silent) -> Outcome:
    """Read, check, score, render and publish; the ledger has the run, however it ends.

    `now` gives the time in UTC; it dates the ledger and nothing else. A run that fails leaves results and editions
    as they were. An edition that was distributed stays too: E.2 is published then, and the results bear that name.
    Raises UsageError and ProjectError.
    """
    project = find_project(order.root)
    warehouse.check_ledger(project.state)
    recover(project)
    order = replace(order, edition=editions.free_name(project, order.name, deliveries.editions(project.state)))
    started, so_far = now(), Progressed()
    try:
        editions.check_key(project, order.with_pdf and order.sign)
        with workplace(project, order.run_id):
            outcome = _run(order, so_far, step, progress)
    except BaseException as error:
        told = refusal(error)
        warehouse.record(project.state, _entry(order, project, so_far, started, now(), cause(told or error)))
        if told:
            raise told from error
        raise
    warehouse.record(project.state, _entry(order, project, so_far, started, now()))
    return outcome


def _run(order: Order, so_far: Progressed, step: Step, progress: Progress) -> Outcome:
    def timed(function: Callable[..., T], *args: Any) -> T:
        began = time.perf_counter()
        try:
            return step(function, order, *args, progress)  # type: ignore[no-any-return]
        finally:
            so_far.timings[function.__name__] = round(time.perf_counter() - began, 3)

    project = find_project(order.root)
    so_far.kept = own = keep(project, [])
    so_far.inputs = timed(load)
    so_far.kept = {**keep(project, so_far.inputs), **own}
    so_far.report = report = timed(validate)
    so_far.inputs = [*so_far.inputs, *timed(measure_record)]
    so_far.vanished = _vanished(order)
    timed(score_record, data_digest(so_far.inputs), report)
    so_far.made_of = made_of(project, order.with_pdf)
    so_far.files = timed(render)
    results, digests = _collected(order), editions.digests(order.private, so_far.files)
    confirm(project, so_far.kept)
    timed(publish)
    so_far.published = digests
    return Outcome(results, report, tuple(so_far.files), so_far.vanished)


def load(order: Order, progress: Progress = silent) -> list[InputFile]:
    """Read the input files into the private database of the run."""
    order.private.mkdir(parents=True, exist_ok=True)
    order.database.unlink(missing_ok=True)
    with closing(warehouse.connect(order.database)) as con:
        return read_inputs(con, find_project(order.root), progress)


def validate(order: Order, progress: Progress = silent) -> CheckReport:
    """Check what was read: good rows become typed tables, bad ones go to quarantine."""
    with closing(warehouse.connect(order.database)) as con:
        return check(con, find_project(order.root), progress)


def measure_record(order: Order, progress: Progress = silent) -> list[InputFile]:
    """Compute every indicator; what they say of an ask becomes evidence. Gives the files that this read besides.

    Raises ProjectError where such a file is made up and that was not asked for.
    """
    project = find_project(order.root)
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
    return [*declarations(project), *records.inputs]


def score_record(order: Order, digest: str, report: CheckReport, progress: Progress = silent) -> None:
    """Score in both readings, and once more for every record that might move a rung."""
    progress("scoring")
    project = find_project(order.root)
    settings, ruleset = project.settings, _ruleset(project)
    with closing(warehouse.connect(order.database)) as con:
        check_items(order, {row["item_id"] for row in rows(con, "item_ids")})
        incomplete = [row["item_id"] for row in rows(con, "incomplete_items")]
        judge(con, ruleset, order.as_of, order.known_on, settings.programme.first, incomplete)
        con.execute(
            statement("sql", "keep_run"),
            [
                *(order.name, order.as_of, order.known_on, ruleset.id, digest),
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


def render(order: Order, progress: Progress = silent) -> list[str]:
    """Write the files of the edition into the private folder; returns them relative to the edition."""
    project, results = find_project(order.root), _collected(order)
    wanted = order.items, order.with_pdf, order.sign
    return editions.write(project, results, _ruleset(project), order.private, *wanted, progress)


def publish(order: Order, progress: Progress = silent) -> None:
    """Put edition and results in the place of the earlier ones, both or neither."""
    progress("publishing")
    publishing.publish(find_project(order.root), order.private, order.name)


def report(order: Order, progress: Progress = silent) -> tuple[Results, list[str]]:
    """Render again from the last results, under their own name; nothing is read or scored anew."""
    project = find_project(order.root)
    ruleset = _ruleset(project)
    with warehouse.open_published(project.state) as con:
        results = replace(collect(con, ruleset), grounds=grounds(con, ruleset))
    editions.check_own(project, results.run["edition"], deliveries.editions(project.state))
    editions.check_key(project, order.with_pdf and order.sign)
    with workplace(project, order.run_id) as folder:
        files = editions.write(project, results, ruleset, folder, order.items, order.with_pdf, order.sign, progress)
        publishing.publish(project, folder, results.run["edition"])
    return results, files


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
    with closing(warehouse.connect(order.database)) as con:
        return vanished(con, find_project(order.root).state)


def _entry(
    order: Order, project: Project, so_far: Progressed, started: datetime, ended: datetime, failure: str = ""
) -> warehouse.LedgerEntry:
    counts = so_far.report
    return warehouse.LedgerEntry(
        run_id=order.run_id,
        started_at=started,
        ended_at=ended,
        outcome="failed" if failure else "done",
        message=failure,
        as_of=order.as_of,
        known_on=order.known_on,
        edition=order.name,
        ruleset=project.settings.ruleset,
        data_digest=data_digest(so_far.inputs) if so_far.inputs else "",
        read=counts.read if counts else 0,
        loaded=counts.loaded if counts else 0,
        quarantined=counts.quarantined if counts else 0,
        inputs={one.file: one.sha256 for one in so_far.inputs},
        timings=so_far.timings,
        kept=so_far.kept,
        files=so_far.published,
        made_of=so_far.made_of,
        items=tuple(errors.plain(item) for item in order.items),
        with_pdf=order.with_pdf,
        vanished=tuple(asdict(row) for row in so_far.vanished),
    )
