"""Keeping: once per digest, whole or not at all, and never something else than what was read."""

import hashlib
import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from scaudit.audit import audit, load
from scaudit.errors import ProjectError, UsageError
from scaudit.keeping import keep, restore
from scaudit.ledger import past_run, past_runs
from scaudit.order import Order
from scaudit.project import Project, find_project
from scaudit.reading import InputFile, read_inputs
from scaudit.rules import RULESETS, load_ruleset
from scaudit.starting import scaffold
from scaudit.store import copy_of
from scaudit.warehouse import connect

DAY = date(2024, 1, 31)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The project that `scaudit init` makes."""
    scaffold(tmp_path / "audit")
    return find_project(tmp_path / "audit")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(project: Project) -> list[InputFile]:
    with connect() as con:
        return read_inputs(con, project)


def run(project: Project, run_id: str, **wanted: object) -> None:
    order = {"root": project.root, "as_of": DAY, "known_on": DAY, "run_id": run_id, "with_pdf": False, **wanted}
    audit(Order(**order), lambda: datetime(2024, 2, 1))  # type: ignore[arg-type]  # noqa: DTZ001 (UTC without a zone)


def written(project: Project) -> dict[str, int]:
    """The kept copies, each with the moment at which it was last written."""
    copies = (path for path in (project.state / "kept").rglob("*") if path.is_file())
    return {path.name: path.stat().st_mtime_ns for path in copies}


def test_a_run_keeps_inputs_settings_models_and_its_ruleset(project: Project) -> None:
    """Everything that the JSON of an edition hangs on, under the digest of its bytes."""
    kept = keep(project, read(project))
    own = [project.root / "scaudit.toml", *project.schemas.glob("*.py"), *project.inputs.glob("*.csv")]
    expected = {path.relative_to(project.root).as_posix(): sha256(path) for path in own}
    shipped = [path for path in (RULESETS / "ladder-1").iterdir() if path.is_file()]
    expected |= {f"rulesets/ladder-1/{path.name}": sha256(path) for path in shipped}
    assert kept == expected
    assert {sha256(copy_of(project.state, digest)) for digest in kept.values()} == set(kept.values())


def test_a_copy_is_written_once_per_digest(project: Project) -> None:
    """A second run adds what is new and leaves the rest alone, also where two files are the same."""
    shutil.copy(project.inputs / "dispositions.csv", project.inputs / "again.csv")
    keep(project, read(project))
    before = written(project)
    evidence = project.inputs / "evidence.csv"
    evidence.write_text(evidence.read_text() + "\n")
    keep(project, read(project))
    after = written(project)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {sha256(evidence)}


def test_a_project_of_then_is_laid_out_again(project: Project, tmp_path: Path) -> None:
    """Every file where it was, although the project has changed since; and it reads the same."""
    kept = keep(project, inputs := read(project))
    (project.inputs / "evidence.csv").write_text("gone")
    (project.root / "scaudit.toml").unlink()
    again = restore(project.state, kept, tmp_path / "again")
    found = {path.relative_to(again.root).as_posix(): sha256(path) for path in again.root.rglob("*") if path.is_file()}
    assert found == kept
    assert again.settings == project.settings
    assert read(again) == inputs
    own, shipped = (load_ruleset("ladder-1", home) for home in (again.rulesets, None))
    assert own.digest == shipped.digest


def test_a_missing_or_damaged_copy_is_one_sentence(project: Project, tmp_path: Path) -> None:
    """It says which file it was and where the copy lay."""
    kept = keep(project, read(project))
    place = copy_of(project.state, kept["inputs/evidence.csv"])
    place.write_bytes(place.read_bytes()[:-1])
    with pytest.raises(ProjectError, match=rf"inputs/evidence\.csv is damaged; .*{place.name}") as told:
        restore(project.state, kept, tmp_path / "damaged")
    assert "\n" not in str(told.value)
    place.unlink()
    with pytest.raises(ProjectError, match=rf"inputs/evidence\.csv is missing; .*{place.name}"):
        restore(project.state, kept, tmp_path / "missing")


@pytest.mark.parametrize("change", ["altered", "removed"])
def test_an_input_that_changes_while_it_is_read_stops_the_run(project: Project, change: str) -> None:
    """What is kept is what was read, or nothing is published."""

    def meddling(function, *rest):
        done = function(*rest)
        if function is load:
            evidence = project.inputs / "evidence.csv"
            evidence.write_text("other") if change == "altered" else evidence.unlink()
        return done

    order = Order(project.root, DAY, DAY, "meddled", with_pdf=False)
    with pytest.raises(ProjectError, match=r"inputs/evidence\.csv changed while it was read; run again"):
        audit(order, lambda: datetime(2024, 2, 1), step=meddling)  # noqa: DTZ001 (UTC without a zone)
    assert not (project.reports / "2024-01-31").exists()


@pytest.mark.parametrize("name", ["scaudit.toml", "schemas/evidence.py", "rulesets/mine/ruleset.toml"])
@pytest.mark.parametrize("after", ["load", "score_record"])
def test_settings_models_and_ruleset_that_change_stop_the_run_too(project: Project, name: str, after: str) -> None:
    """Steps read them anew, so a change between two steps would be kept by nobody."""
    (project.rulesets / "mine").mkdir(parents=True)
    (project.rulesets / "mine" / "ruleset.toml").write_text('id = "mine"\nbase = "ladder-1"\n')
    settings = project.root / "scaudit.toml"
    settings.write_text('ruleset = "mine"\n' + settings.read_text())

    def meddling(function, *rest):
        done = function(*rest)
        if function.__name__ == after:
            (project.root / name).write_text((project.root / name).read_text() + "\n")
        return done

    order = Order(project.root, DAY, DAY, "meddled", with_pdf=False)
    with pytest.raises(ProjectError, match=f"{name} changed while it was read; run again"):
        audit(order, lambda: datetime(2024, 2, 1), step=meddling)  # noqa: DTZ001 (UTC without a zone)
    assert not (project.reports / "2024-01-31").exists()


def test_a_failed_run_keeps_what_it_had(project: Project) -> None:
    """Its inputs can be looked at as they were when it failed."""
    with pytest.raises(UsageError):
        run(project, "failed", items=("NO-SUCH",))
    entry = past_run(project.state, "failed")
    assert (entry["outcome"], entry["items"], entry["files"]) == ("failed", ["NO-SUCH"], {})
    assert entry["kept"].items() >= entry["inputs"].items()
    assert len(entry["inputs"]) >= 6


def test_the_ledger_knows_what_was_read_published_and_used(project: Project) -> None:
    """Digests of every file on either side, and what the edition was made with."""
    run(project, "one")
    entry = past_run(project.state, "one")
    assert entry["files"] == {name: sha256(project.reports / "2024-01-31" / name) for name in entry["files"]}
    assert {"audit.json", "items/AUDIT-1_R1.json"} <= set(entry["files"])
    assert (entry["items"], entry["with_pdf"], entry["replay_of"], entry["vanished"]) == ([], False, None, [])
    assert {"engine", "code", "python", "duckdb"} <= set(entry["made_of"])
    assert "weasyprint" not in entry["made_of"]


def test_a_ledger_of_an_earlier_engine_is_carried_on(project: Project) -> None:
    """Its rows stay as they were, with nothing where nothing was written down."""
    project.state.mkdir()
    with duckdb.connect(str(project.state / "ledger.duckdb")) as con:
        con.execute(
            "create table runs (run_id varchar primary key, started_at timestamp not null, ended_at timestamp not null, "
            "outcome varchar not null, message varchar not null, as_of date not null, known_on date not null, "
            "edition varchar not null, ruleset varchar not null, data_digest varchar not null, "
            '"read" bigint not null, loaded bigint not null, quarantined bigint not null, inputs json not null, '
            "timings json not null)"
        )
        con.execute(
            "insert into runs values ('old', '2020-01-01', '2020-01-01', 'done', '', '2020-01-01', '2020-01-01', 'e', "
            "'ladder-1', 'd', 1, 1, 0, '{\"inputs/a.csv\": \"x\"}', '{}')"
        )
    run(project, "new")
    new, old = past_runs(project.state)
    assert (new["run_id"], len(new["kept"]) > 20) == ("new", True)
    assert (old["run_id"], old["inputs"], old["kept"], old["with_pdf"]) == ("old", {"inputs/a.csv": "x"}, None, None)
