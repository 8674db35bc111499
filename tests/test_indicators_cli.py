"""Record-level files in a whole run: what they say becomes evidence, what is made up is marked; power; replays."""

from __future__ import annotations

import csv
import io
import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from numbers_project import THRESHOLD, declare, header, measuring_project, share_header, values, write_visits
from scaudit import project as projects
from scaudit import showing, warehouse
from scaudit.audit import audit, examine, load, measure_record, validate
from scaudit.cli import app
from scaudit.computed import finding
from scaudit.errors import ProjectError, UsageError
from scaudit.indicators import Threshold, indicators
from scaudit.order import Order
from scaudit.reaching import event_day, reaches
from scaudit.reading import data_digest
from scaudit.replaying import replay
from scaudit.results import Results

pytestmark = pytest.mark.usefixtures("scored_once")
DAY = date(2024, 1, 31)
CRITERION = "AUDIT-1/R1.b"
ID = "clean/1/2020-01-01"


def clock() -> datetime:
    return datetime(2024, 2, 1, 9, 30)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


def order(root: Path, **wanted: object) -> Order:
    return Order(**{"root": root, "as_of": DAY, "known_on": DAY, "run_id": "first", "with_pdf": False, **wanted})  # type: ignore[arg-type]


def scored(root: Path, **wanted: object) -> Results:
    return examine(order(root, **wanted))[0]


def evidence_of(root: Path, checked: Path) -> tuple[dict[str, str], str]:
    """The stances of the computed evidence, and the data digest of what was measured, on inputs that are checked."""
    one = order(root)
    one.private.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(checked, one.database)
    inputs = measure_record(one)
    with closing(warehouse.connect(one.database)) as con:
        rows = con.execute("select evidence_id, stance from clean.evidence where basis = 'data' and locator = 'clean'")
        return dict(rows.fetchall()), data_digest(inputs)


def redeclare(root: Path, **threshold: str) -> None:
    """The share again, with another threshold."""
    path = root / "inputs" / "indicators" / "clean.sql"
    sql = path.read_text().split("*/\n", 1)[1]
    declare(root, "clean", share_header(needs=["cube.visits"], evidence=[{**THRESHOLD, **threshold}]), sql)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return measuring_project(tmp_path_factory.mktemp("measuring") / "audit")


@pytest.fixture(scope="module")
def checked(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a run that has read and checked the inputs, and measured nothing yet."""
    one = order(made, run_id="checked")
    load(one)
    validate(one)
    return Path(shutil.move(one.database, tmp_path_factory.mktemp("checked") / "database"))


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """The project that measures, without a file of records."""
    return Path(shutil.copytree(made, tmp_path / "audit"))


# --- evidence ---------------------------------------------------------------------------------------------------


def test_without_files_the_run_goes_on_and_says_what_is_missing(root: Path) -> None:
    found = scored(root)
    assert [(row["indicator_id"], row["missing"]) for row in found.measured] == [("clean", "cube.visits")]
    assert (found.figures, ID in found.evidence) == ((), False)
    assert found.items


def test_a_figure_becomes_evidence_that_stays_the_agency_s(root: Path) -> None:
    """Data, seen by a stated method, in the indicator's name; but no more than the body's word for its own records."""
    write_visits(root, clean=40)  # 40 of 60: under the bound that supports
    redeclare(root, partly=">= 0.5")
    before = {path: path.read_bytes() for path in sorted((root / "inputs").rglob("*")) if path.is_file()}
    found = scored(root)
    record = found.evidence[ID]
    assert (found.run["synthetic"], [row["synthetic"] for row in found.measured]) == (False, [False])
    assert (record["basis"], record["tense"], record["method_stated"]) == ("data", "observation", True)
    assert (record["locator"], record["origin_id"], record["source_id"]) == ("clean", "MEALS", "MEALS-RELEASE")
    assert (record["stance"], record["criterion_id"]) == ("partly", CRITERION)
    assert "66.7% (40 of 60: clean visits, of visits)" in record["finding"]
    assert record["finding"].endswith("Computed from the records by the indicator clean.")
    assert {path: path.read_bytes() for path in sorted((root / "inputs").rglob("*")) if path.is_file()} == before


@pytest.mark.parametrize(
    ("clean", "bounds", "stance"),
    [
        (45, {"supports": ">= 0.7"}, "supports"),
        (45, {"partly": ">= 0.7"}, "partly"),
        (45, {"contradicts": "< 0.8"}, "contradicts"),
        (45, {"contradicts": "< 0.5"}, "context"),
    ],
)
def test_the_declared_bound_gives_the_stance(
    root: Path, checked: Path, clean: int, bounds: dict[str, str], stance: str
) -> None:
    write_visits(root, clean=clean)
    redeclare(root, **bounds)
    assert evidence_of(root, checked)[0] == {ID: stance}


def test_a_suppressed_figure_is_no_evidence(root: Path, checked: Path) -> None:
    """55 of 60: five kitchens were not clean."""
    write_visits(root, clean=55)
    assert evidence_of(root, checked)[0] == {}


@pytest.mark.parametrize("figures", [True, False])
@pytest.mark.parametrize(
    ("what", "told"),
    [
        ({"criterion": "AUDIT-1/R9"}, "criterion 'AUDIT-1/R9'"),
        ({"origin": "NOBODY"}, "body 'NOBODY'"),
        ({"source": "NOTHING"}, "source 'NOTHING'"),
    ],
)
def test_evidence_that_names_what_is_not_there_is_refused(
    root: Path, checked: Path, what: dict[str, str], told: str, figures: bool
) -> None:
    """Now, and not on the day on which somebody puts a file of records there."""
    if figures:
        write_visits(root, clean=40)
    redeclare(root, **what)
    with pytest.raises(ProjectError) as caught:
        evidence_of(root, checked)
    assert str(caught.value) == f"inputs/indicators/clean.sql: evidence: there is no {told}."


def test_a_threshold_on_a_row_in_quarantine_is_wrong_once_there_are_figures(root: Path) -> None:
    """Until then the run goes on, as it does with any other row that has a fault."""
    criteria = root / "inputs" / "criteria.csv"
    criteria.write_text(
        criteria.read_text().replace(f"\n{CRITERION},AUDIT-1/R1,practice", f"\n{CRITERION},AUDIT-1/R1,deed")
    )
    assert "clean" in {row["indicator_id"] for row in scored(root).measured}
    write_visits(root, clean=40)
    with pytest.raises(ProjectError) as caught:
        scored(root, run_id="second")
    told = f"inputs/indicators/clean.sql: evidence: there is no criterion '{CRITERION}'; its row has a fault."
    assert str(caught.value) == told


def test_a_count_is_told_in_its_unit(root: Path) -> None:
    declare(root, "visits", header(), "select 1")
    one = indicators(projects.find_project(root))[1]
    threshold = Threshold(criterion="C", origin="O", source="S", group="North")
    told = finding(one, threshold, (date(2020, 1, 1), date(2020, 1, 31)), 1200.0, (1200.0, None))
    assert told.startswith("Visits (North), 2020-01-01 to 2020-01-31: 1,200 visits (one visit).")


def test_the_data_digest_is_another_with_other_records_or_another_query(root: Path, checked: Path) -> None:
    digests = [evidence_of(root, checked)[1]]
    path = write_visits(root, clean=40)
    digests += [evidence_of(root, checked)[1], evidence_of(root, checked)[1]]
    path.write_text(path.read_text().replace("K7,Yes", "K7,No"))
    digests.append(evidence_of(root, checked)[1])
    declared = root / "inputs" / "indicators" / "clean.sql"
    declared.write_text(declared.read_text() + "-- anew\n")
    digests.append(evidence_of(root, checked)[1])
    assert digests[1] == digests[2]
    assert len(set(digests)) == 4


# --- made-up records --------------------------------------------------------------------------------------------


def call(root: Path, *words: str):  # the result type is typer's own
    return CliRunner().invoke(app, [*words, "--project", str(root), "--as-of", "2024-01-31"])


def test_made_up_records_are_refused_unless_asked_for(root: Path) -> None:
    """By the audit and by the indicators; asked for, the run and its figures are marked."""
    write_visits(root, "SYNTHETIC-visits.csv", clean=40)
    told = "The files of records.visits are synthetic; take them away, or say --synthetic."
    for words in (["audit", "--no-pdf"], ["indicators"]):
        error = call(root, *words).exception
        assert isinstance(error, ProjectError)
        assert str(error) == told
    assert not list(root.glob("reports/2024*"))
    found = scored(root, synthetic=True)
    assert (found.run["synthetic"], [row["synthetic"] for row in found.measured]) == (True, [True])


def test_check_shows_what_no_layout_knows_in_a_file_of_records(root: Path) -> None:
    """As it shows the further columns of a table: a release may have renamed one, or have brought a new one."""
    path = write_visits(root, of=2, clean=1)
    path.write_text("Day,Kitchen,Clean,Warden\n2020-01-01,K1,Yes,Ann\n")
    shown = CliRunner().invoke(app, ["check", "--project", str(root)]).stdout
    assert "inputs/records/visits.csv: columns that its layout does not know: Warden." in shown
    found = json.loads(CliRunner().invoke(app, ["check", "--json", "--project", str(root)]).stdout)
    (file,) = [one for one in found["files"] if one["table"] == "records.visits"]
    assert (file["file"], file["rows"], file["extra_columns"]) == ("inputs/records/visits.csv", 1, ["Warden"])


def test_the_table_of_a_synthetic_edition_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody reads the statuses in the terminal for those of the agency."""
    write_visits(root, "SYNTHETIC-visits.csv", clean=40)
    made_up = scored(root, synthetic=True)
    for results in (made_up, replace(made_up, run={**made_up.run, "synthetic": False}, measured=())):
        showing.outcome(results, ())
    first, second = capsys.readouterr().out.split("rows read")[:2]
    assert ("SYNTHETIC: Edition" in first, "SYNTHETIC" in second) == (True, False)


# --- reaching and the command -----------------------------------------------------------------------------------


def restless(root: Path) -> None:
    """Three years of shares and of counts by the month, and one figure that is for a year."""
    rows = [(number, "", None, 300 + number * 7 % 5 * 9, 1000, None, 1000) for number in range(36)]
    write_visits(root, clean=40)  # the indicators need some record-level file; what they give is made up here
    declare(root, "clean", share_header(needs=["cube.visits"]), values(rows))
    counts = [(number, "", None, 900 + number * 7 % 5 * 30, None, None, 900) for number in range(36)]
    declare(root, "visits", header(needs=["cube.visits"]), values(counts))
    declare(root, "yearly", header(needs=["cube.visits"], period="year"), values(counts[:1]))
    declare(root, "published", header(), "select 1")


@pytest.fixture(scope="module")
def told(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("reaching") / "audit"))
    restless(root)
    return root


@pytest.fixture(scope="module")
def results(told: Path) -> Results:
    return scored(told)


EVENT = date(2021, 7, 10)


def test_a_larger_change_is_seen_sooner(results: Results) -> None:
    """Down to the six months without which nothing can be told."""
    months = [reaches(results, ["visits"], EVENT, change)[0].months for change in (-0.06, -0.1, -0.4)]
    assert None not in months
    assert months == sorted(months, reverse=True)
    assert months[0] > months[-1]
    least = reaches(results, ["visits"], EVENT, -0.4)[0]
    assert (least.reached, least.grp) == (True, "")
    assert least.month is not None
    assert least.month > EVENT


def test_what_cannot_be_told_says_why(results: Results) -> None:
    """Yearly figures are left out; what was not measured says what it needs; too short a series, how short."""
    found = {one.indicator_id: one for one in reaches(results, [], EVENT, -0.2)}
    assert list(found) == ["clean", "published", "visits"]
    assert found["published"].lacking == "needs statistics"
    assert (found["published"].months, found["clean"].lacking) == (None, "")
    assert "needs 12 periods before the event" in reaches(results, ["clean"], date(2020, 3, 1), -0.2)[0].lacking


@pytest.mark.parametrize("change", [0.0, -1.0, -2.5])
def test_a_change_that_is_none_is_wrong_use(results: Results, change: float) -> None:
    with pytest.raises(UsageError, match="A change is a number"):
        reaches(results, [], EVENT, change)


def test_an_indicator_or_event_that_is_not_there_is_wrong_use(results: Results) -> None:
    with pytest.raises(UsageError, match="There is no indicator 'cleen'; there are: clean, published, visits, yearly"):
        reaches(results, ["cleen"], EVENT, -0.2)
    with pytest.raises(UsageError, match="Name the event with --event"):
        event_day(results, "someday", DAY)


def test_an_event_is_a_day_a_reading_day_or_the_programme_s_first(results: Results) -> None:
    named = replace(results, reading_days=({"day_id": "labels", "day": EVENT, "label": "Labels"},))  # type: ignore[typeddict-item]
    assert (event_day(named, "labels", DAY), event_day(named, "2021-07-10", DAY)) == (EVENT, EVENT)
    assert event_day(named, "start", DAY) == DAY


def test_power_knows_the_start_as_weighing_does(told: Path) -> None:
    """It was weighed before and after the programme's first day; then power must not refuse that name."""
    first = projects.find_project(told).settings.programme.first.isoformat()
    found = json.loads(call(told, "indicators", "power", "visits", "--event", "start", "--json").stdout)
    assert [one["event"] for one in found["answers"]] == [first]


def test_power_for_programs_has_its_shape(told: Path) -> None:
    shown = call(told, "indicators", "power", "visits", "--event", "2021-07-10", "--change", "-0.2", "--json")
    found = json.loads(shown.stdout)
    assert (found["schema"], found["power"], found["level"]) == ("scaudit/power/1", 0.8, 0.95)
    (one,) = found["answers"]
    assert list(one) == [
        *("indicator_id", "grp", "event", "change", "months", "records", "month", "reached", "detectable", "lacking"),
    ]
    assert (one["indicator_id"], one["event"], one["change"], one["lacking"]) == ("visits", "2021-07-10", -0.2, "")


def test_power_for_people_is_a_table(told: Path) -> None:
    shown = call(told, "indicators", "power", "--event", "2021-07-10", "--change", "-0.2")
    assert "To see a change of -20% after" in shown.stdout
    assert "not computed" in shown.stdout


def test_figures_for_programs_and_spreadsheets(told: Path) -> None:
    found = json.loads(call(told, "indicators", "clean", "--json").stdout)
    assert found["schema"] == "scaudit/indicators/1"
    assert (found["synthetic"], len(found["indicators"][0]["figures"])) == (False, 36)
    lines = list(
        csv.DictReader(io.StringIO(call(told, "indicators", "visits", "clean", "--synthetic", "--csv").stdout))
    )
    assert {line["indicator_id"] for line in lines} == {"clean", "visits"}
    first = lines[0]
    assert (first["value"], first["n"], first["suppressed"]) == ("0.3", "1000", "false")
    assert float(first["low"]) < 0.3 < float(first["high"])


# --- replaying --------------------------------------------------------------------------------------------------


def test_a_run_replays_while_its_records_are_there(root: Path) -> None:
    """They are not kept: where the file is another or gone, the replay says so in a sentence."""
    path = write_visits(root, "SYNTHETIC-visits.csv", clean=40)
    audit(order(root, synthetic=True), clock)
    found = replay(root, "first", "again", clock)
    assert (found.faithful, found.differing) == (True, ())
    assert found.compared > 0
    told = f"{path.relative_to(root)} is not the file that the run read, and such files are not kept; bring it back."
    path.write_text(path.read_text() + "2020-02-01,K1,Yes\n")
    with pytest.raises(ProjectError) as caught:
        replay(root, "first", "other", clock)
    assert str(caught.value) == told
    path.unlink()
    with pytest.raises(ProjectError) as caught:
        replay(root, "first", "gone", clock)
    assert str(caught.value) == told
