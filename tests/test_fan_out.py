"""Rendering through Prefect, on each task runner: the same bytes as on the command line, and refusals as sentences."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import REPOSITORY, SETTINGS, TABLES
from scaudit.audit import audit
from scaudit.chunks import Chunk
from scaudit.errors import ProjectError
from scaudit.making import made_of
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.rendering import render_chunk, render_elsewhere

DAY = date(2023, 12, 31)
CHUNK = "\n[rendering]\nchunk = 1\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small invented project, of which a chunk is one card."""
    root = tmp_path_factory.mktemp("fanning") / "project"
    (root / "inputs").mkdir(parents=True)
    (root / "scaudit.toml").write_text(SETTINGS + CHUNK, encoding="utf-8")
    for folder in ("schemas", "reports/templates"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for table, text in TABLES.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def edition(project: Path) -> dict[str, bytes]:
    """Every file of the edition that the command line makes, which is then taken away."""
    audit(Order(project, DAY, DAY, "run-1"), lambda: datetime(2024, 1, 1))  # noqa: DTZ001
    return taken_away(project)


def taken_away(project: Path) -> dict[str, bytes]:
    folder = project / "reports" / DAY.isoformat()
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    shutil.rmtree(folder)
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files in which two editions differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a Dask scheduler on loopback with two workers, each a process of its own."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        yield cluster.scheduler_address


def names_of_tasks(api: Callable[..., Any], state: Any) -> list[str]:
    run = {"flow_runs": {"id": {"any_": [str(state.state_details.flow_run_id)]}}}
    return sorted(one["name"] for one in api("/task_runs/filter", **run) if one["name"].startswith("cards"))


def test_two_workers_of_dask_make_the_same_bytes(
    api: Callable[..., Any], flows: ModuleType, project: Path, edition: dict[str, bytes], scheduler: str
) -> None:
    """Every card is a task of its own, on a real scheduler; manifest and all files are those of the command line."""
    state = flows.audit_flow(
        project=str(project), as_of=DAY, known_on=DAY, runner="dask", scheduler=scheduler, return_state=True
    )
    assert state.is_completed(), state.message
    assert differing(taken_away(project), edition) == []
    assert {"cards FSA/R1", "cards COOKS/I"} <= set(names_of_tasks(api, state))


@pytest.mark.parametrize("runner", ["thread", "process"])
def test_threads_and_processes_make_the_same_bytes(
    api: Callable[..., Any],
    flows: ModuleType,
    project: Path,
    edition: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    runner: str,
) -> None:
    """A thread lays out no text: it hands its card to a process."""
    monkeypatch.setattr("scaudit.crews.WORTH_IT", 1)
    monkeypatch.setattr("scaudit.crews.cores", lambda: 2)
    monkeypatch.setattr("fanning.cores", lambda: 2)
    state = flows.audit_flow(project=str(project), as_of=DAY, known_on=DAY, runner=runner, return_state=True)
    assert state.is_completed(), state.message
    assert differing(taken_away(project), edition) == []
    assert {"cards FSA/R1", "cards COOKS/I"} <= set(names_of_tasks(api, state))


def chunk(project: Path, folder: Path) -> Chunk:
    """One card without its PDF."""
    return Chunk(project, project / ".scaudit" / "results.duckdb", folder, ("FSA/R1",), ("FSA/R1",), with_pdf=False)


def test_a_worker_that_would_make_other_bytes_says_so(project: Path, edition: dict[str, bytes], tmp_path: Path) -> None:
    """Another engine, library or template there would go unnoticed else."""
    made = made_of(find_project(project), with_pdf=False)
    part = chunk(project, tmp_path)
    assert render_elsewhere(made, part) == render_chunk(part)
    assert (tmp_path / "items" / "FSA_R1.json").read_bytes() == edition["items/FSA_R1.json"]
    with pytest.raises(ProjectError, match=r"would make other documents \(duckdb 0\.1 -> "):
        render_elsewhere({**made, "duckdb": "0.1"}, part)
    with pytest.raises(ProjectError, match="every worker must see the project under this path"):
        render_elsewhere(made, replace(part, results=tmp_path / "none.duckdb"))


def test_the_settings_choose_the_runner(flows: ModuleType, project: Path) -> None:
    """What is asked of one run goes before them."""
    found = find_project(project)
    assert flows.chosen(found, None, None).runner == "thread"
    assert flows.chosen(found, "dask", "tcp://10.0.0.1:8786").scheduler == "tcp://10.0.0.1:8786"
    assert flows.chosen(found, "process", None).chunk == 1


def test_a_failure_on_the_cluster_is_a_sentence(
    flows: ModuleType, api: Callable[..., Any], project: Path, scheduler: str
) -> None:
    """As on the command line; nothing is published."""
    template = project / "reports" / "templates" / "item.html"
    text = template.read_text("utf-8")
    template.write_text(text.replace("{% block content %}", "{% block content %}{{ nobody.knows }}"), "utf-8")
    try:
        state = flows.audit_flow(
            project=str(project),
            as_of=DAY,
            edition="bad",
            with_pdf=False,
            runner="dask",
            scheduler=scheduler,
            return_state=True,
        )
    finally:
        template.write_text(text, "utf-8")
    assert state.is_failed()
    assert "item.html cannot be used" in state.message
    assert not (project / "reports" / "bad").exists()
    assert json.loads(json.dumps(state.message)).count("\n") == 0


def test_a_scheduler_that_is_not_there_is_told(flows: ModuleType, project: Path, tmp_path: Path) -> None:
    """At once, and by its address; where nothing is to be rendered it is not asked for."""
    import fanning

    way = fanning.fan_out(
        find_project(project).settings.rendering.model_copy(update={"runner": "dask", "scheduler": "tcp://127.0.0.1:9"})
    )
    with (
        pytest.raises(ProjectError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        way(render_chunk, [chunk(project, tmp_path)]),
    ):
        pass
    thread = fanning.fan_out(find_project(project).settings.rendering)
    with thread(render_chunk, []) as begun:
        assert list(begun.answers) == []
