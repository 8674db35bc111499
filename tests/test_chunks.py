"""Cards are rendered in chunks, by workers that come and go, and not at all where they would be what they were."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from conftest import REPOSITORY, SETTINGS, TABLES
from scaudit import crews, rendering
from scaudit.audit import audit, report
from scaudit.chunks import Chunk, chunks, group_chunks
from scaudit.crews import crew, worth_it
from scaudit.editions import manifest
from scaudit.errors import ProjectError
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.outcome import collect, grounds
from scaudit.rules import load_ruleset
from scaudit.scorecard import annex
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.groups import Group
from scaudit.slicing import sliced
from scaudit.warehouse import connect
from scaudit.workers import Workers, spread, started
from scorecard_factory import some_results

DAY = date(2023, 12, 31)
PID = "__import__('os').getpid()"
REGISTER = """\
contradiction_id,question,says_a,records_a,sources_a,says_b,records_b,sources_b,explained_by,explanation,item_ids
C1,Is milk kept cold?,The order asks for it.,E1,,Spoilage fell in two regions only.,E3,,different_measure,One is a rule and one a count.,
"""


# --- workers -----------------------------------------------------------------------------------------------------


def some_workers(folder: Path, number: int = 1, largest: float = 10_000) -> Workers[str, object]:
    """Workers that tell what an expression says in their process."""
    return Workers(eval, number, folder / "scratch", int, largest)


def test_answers_come_in_the_order_of_the_jobs_and_nothing_stays_behind(tmp_path: Path) -> None:
    """Two processes, each with a folder for scratch of its own; this process does none of it."""
    jobs = [f"({number}, {PID}, __import__('tempfile').gettempdir())" for number in range(6)]
    with spread(some_workers(tmp_path, 2), jobs) as answers:
        found = list(answers)
    assert [number for number, _, _ in found] == list(range(6))
    assert 1 <= len({pid for _, pid, _ in found}) <= 2
    assert len({pid for _, pid, _ in found}) == len({scratch for _, _, scratch in found})
    assert os.getpid() not in {pid for _, pid, _ in found}
    assert all(Path(scratch).parent == tmp_path / "scratch" for _, _, scratch in found)
    for _, pid, _ in found:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_worker_that_has_grown_too_large_is_replaced_after_its_job(tmp_path: Path) -> None:
    """Its answer counts; the next job finds another process."""
    with spread(some_workers(tmp_path, largest=0), [PID, PID]) as answers:
        first, second = answers
    assert first != second


LARGE_RUN = """
import sys
from pathlib import Path
from scaudit.workers import Workers, spread

if __name__ == "__main__":
    taken = b"x" * 400_000_000
    workers = Workers(eval, 1, Path(sys.argv[1]), int, largest=300)
    with spread(workers, [sys.argv[2], sys.argv[2]]) as answers:
        print(len(set(answers)))
"""


def test_what_a_run_takes_is_not_counted_as_its_workers(tmp_path: Path) -> None:
    """A run that takes more than a worker may keeps its worker: the system hands on the most that was ever taken."""
    program = tmp_path / "large_run.py"
    program.write_text(LARGE_RUN)
    done = subprocess.run(
        [sys.executable, program, tmp_path / "scratch", PID], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1"]


def test_a_worker_looks_for_waste_seldom(tmp_path: Path) -> None:
    """To load what it needs makes hundreds of thousands of things, and throws few away."""
    with spread(some_workers(tmp_path), ["__import__('gc').get_threshold()[0]"]) as answers:
        assert list(answers) == [20_000]


def test_a_worker_that_is_killed_is_replaced_once(tmp_path: Path) -> None:
    """The job is done again by another process; where that is killed too, the run says so in a sentence."""
    kill = "__import__('os').kill(__import__('os').getpid(), 9)"
    once = f"open({str(tmp_path / 'tried')!r}, 'x') and {kill}"
    with spread(
        some_workers(tmp_path), [f"1 if __import__('os').path.exists({str(tmp_path / 'tried')!r}) else {once}"]
    ) as answers:
        assert list(answers) == [1]
    with (
        spread(some_workers(tmp_path), [kill]) as answers,
        pytest.raises(ProjectError, match="was ended from outside, twice"),
    ):
        list(answers)


def test_who_would_only_wait_does_what_nobody_has_begun(tmp_path: Path) -> None:
    """The first of them first, while the worker is at the first of all; the answers still come in their order."""
    begun, end, told = tmp_path / "begun", tmp_path / "end", tmp_path / "told"
    touched = "__import__('pathlib').Path({!r}).touch()"
    until_end = f"all(__import__('time').sleep(.01) is None for _ in iter(lambda: __import__('os').path.exists({str(end)!r}), True))"
    busy = f"({touched.format(str(begun))}, {until_end}) and {PID}"
    first, second = (f"open({str(told)!r}, 'a').write({name!r}) and {PID}" for name in ("first ", "second "))
    last = f"{touched.format(str(end))} or {PID}"
    with spread(some_workers(tmp_path), [busy, first, second, last], helping=True) as answers:
        while not begun.exists():
            time.sleep(0.01)
        by_worker, *by_this = answers
    assert by_this == [os.getpid()] * 3
    assert by_worker != os.getpid()
    assert told.read_text() == "first second "


def test_a_failure_is_raised_as_it_is(tmp_path: Path) -> None:
    """What stops one card stops the run, in its own words."""
    with spread(some_workers(tmp_path), ["1", "{}['cold']", "2"]) as answers:
        assert next(answers) == 1
        with pytest.raises(KeyError, match="cold"):
            next(answers)


def test_a_worker_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    """Nobody would ever ask it for anything again."""
    code = (
        "import sys; from pathlib import Path; from scaudit.workers import Workers\n"
        "if __name__ == '__main__':\n"
        f"    print(Workers(eval, 1, Path(sys.argv[1]), int).do({PID!r}), flush=True); input()\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    command = [sys.executable, str(script), str(tmp_path / "scratch")]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as run:
        worker = int(run.stdout.readline())
        os.kill(worker, 0)
        run.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and alive(worker):
        time.sleep(0.05)
    assert not alive(worker)


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


# --- chunks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "size", "workers"), [(0, 100, 2), (1, 100, 2), (9, 100, 2), (9, 3, 1), (250, 100, 2), (10_000, 100, 2)]
)
def test_every_card_is_in_one_chunk(items: int, size: int, workers: int) -> None:
    """Chunks are no larger than asked, nor than their slice; few cards are shared out among all workers."""
    names = tuple(f"I/{number}" for number in range(items))
    found = chunks(Chunk(Path(), Path(), Path(), names, ()), size, workers)
    assert tuple(item for part in found for item in part.items) == names
    assert all(0 < len(part.items) <= len(part.among) <= size for part in found)
    assert all(set(part.items) <= set(part.among) for part in found)
    assert len(found) >= min(items, workers)
    if items <= size:
        assert len({part.among for part in found}) <= 1


@pytest.mark.parametrize(
    ("cards", "overview_of", "with_pdf", "processes"),
    [
        ([], 10_000, True, 0),
        ([1, 1], 2, True, 0),
        ([1, 1], 10_000, False, 0),
        ([1, 1], 10_000, True, 1),
        ([1], 10_000, True, 1),
        ([2, 2], 2, True, 2),
        ([2, 2], 10_000, True, 2),
        ([4], 4, True, 0),
    ],
)
def test_other_processes_render_where_that_is_sooner_done(
    cards: list[int], overview_of: int, with_pdf: bool, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many cards, or a few while this process is busy with a long overview."""
    monkeypatch.setattr(crews, "cores", lambda: 2)
    parts = [
        Chunk(Path(), Path(), Path("x/y"), tuple("I" * number), (), with_pdf, overview_of=overview_of)
        for number in cards
    ]
    assert worth_it(parts) is bool(processes)
    if processes:
        with closing(crew(str, parts)) as workers:  # type: ignore[arg-type]
            assert workers.number == processes


@pytest.mark.parametrize(("cards", "processes"), [(crews.FEW - 1, 1), (crews.FEW, 2)])
def test_where_one_stands_by_few_cards_are_for_it_and_this_process(
    cards: int, processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process would take longer to begin than these cards take."""
    monkeypatch.setattr(crews, "cores", lambda: 2)
    parts = [Chunk(Path(), Path(), tmp_path / "edition", ("I",), ()) for _ in range(cards)]
    crews._READY[tmp_path / crews.SCRATCH] = started(tmp_path, int)
    with closing(crew(str, parts)) as workers:  # type: ignore[arg-type]
        assert workers.number == processes


@pytest.mark.parametrize(
    ("sizes", "parts"),
    [
        ([2, 2, 2], ["a", "b", "c"]),
        ([41, 41, 2], ["c", "ab"]),
        ([3, 40, 12], ["b", "c", "a"]),
        ([2] * 20, ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st"]),
        ([40, 40, 40, *[1] * 17], ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st"]),
        ([], []),
    ],
)
def test_groups_share_a_slice_where_they_are_many(sizes: list[int], parts: list[str]) -> None:
    """Of few that carry their records each is for whoever is free, the largest first; large ones carry none, and share one."""
    whole = Chunk(Path(), Path(), Path("x/y"), (), ())
    found = [
        Group("body", name, name, tuple(f"{name}{n}" for n in range(size)))
        for name, size in zip("abcdefghijklmnopqrst", sizes, strict=False)
    ]
    assert ["".join(group.id for group in one.groups) for one in group_chunks(whole, found, 2)] == parts


def made(root: Path, **tables: str) -> Path:
    """The small invented project, with some tables more."""
    (root / "inputs").mkdir(parents=True)
    (root / "scaudit.toml").write_text(SETTINGS, encoding="utf-8")
    for folder in ("schemas", "reports/templates"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for table, text in {**TABLES, **tables}.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    return root


def run(root: Path, **wanted: object) -> list[str]:
    """An audit without PDFs; gives what it said of its progress."""
    said: list[str] = []
    order = Order(root, DAY, DAY, f"run-{len(past_runs(root / '.scaudit'))}", with_pdf=False)
    audit(replace(order, **wanted), lambda: datetime(2024, 1, 1), progress=said.append)  # noqa: DTZ001
    return [phrase.split(",")[0] for phrase in said if phrase.startswith("scorecard")]


def files(root: Path) -> dict[str, bytes]:
    """Every file of the edition."""
    folder = root / "reports" / DAY.isoformat()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one edition, without PDFs."""
    root = made(tmp_path_factory.mktemp("chunks") / "project")
    assert run(root) == ["scorecard FSA/R1", "scorecard COOKS/I"]
    return root


def test_a_template_that_changed_since_the_audit_prints_every_card_anew(audited: Path, tmp_path: Path) -> None:
    """Who renders again has mostly changed one."""
    root = Path(shutil.copytree(audited, tmp_path / "project"))
    page = root / "reports" / "templates" / "item.html"
    page.write_text(page.read_text().replace("Held in quarantine", "Kept in quarantine"))
    report(Order(root, DAY, DAY, "again", with_pdf=False))
    cards = [
        content.decode() for name, content in files(root).items() if name.startswith("items/") and name.endswith("l")
    ]
    assert len(cards) == 2
    assert all("Kept in quarantine" in card for card in cards)


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a register of contradictions that spans both items."""
    root = made(tmp_path_factory.mktemp("register") / "project", contradictions=REGISTER)
    run(root)
    return root


@pytest.fixture
def project(audited: Path, tmp_path: Path) -> Path:
    """A copy of it for one test, with the times of its files."""
    return Path(shutil.copytree(audited, tmp_path / "project"))


def changed(root: Path, old: str, new: str) -> None:
    """One record is told otherwise."""
    path = root / "inputs" / "evidence.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_card_out_of_a_slice_is_the_card_out_of_all(registered: Path) -> None:
    """Also where it names records that other cards have."""
    rules = load_ruleset("ladder-1")
    path = registered / ".scaudit" / "results.duckdb"
    with connect(path, read_only=True) as con:
        whole = replace(collect(con, rules), grounds=grounds(con, rules))
    for item_id in ("FSA/R1", "COOKS/I"):
        with sliced(path, [item_id]) as con:
            part = replace(collect(con, rules), grounds=grounds(con, rules))
        assert item_card(part, item_id) == item_card(whole, item_id)
        assert attached(part, item_id) == attached(whole, item_id)
        (entry,) = item_card(part, item_id).contradictions.entries
        assert [bool(side.elsewhere) for side in entry.sides].count(True) == 1


def test_the_size_of_chunks_changes_no_card(project: Path) -> None:
    """One item in memory at a time, or all."""
    before = files(project)
    with (project / "scaudit.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[rendering]\nchunk = 1\n")
    report(Order(project, DAY, DAY, "again", with_pdf=False))
    after = files(project)
    assert {name for name in before if before[name] != after[name]} == {"manifest.json"}


# --- what is not rendered ---------------------------------------------------------------------------------------


def inodes(root: Path) -> dict[str, int]:
    folder = root / "reports" / DAY.isoformat() / "items"
    return {path.name: path.stat().st_ino for path in folder.iterdir()}


def test_only_the_card_is_rendered_of_which_a_record_changed(project: Path, tmp_path: Path) -> None:
    """The other's files are those that lay there; made afresh, the whole edition is the same to the byte."""
    other = Path(shutil.copytree(project, tmp_path / "other"))
    before, lying = files(project), inodes(project)
    for root in (project, other):
        changed(root, "All 40 fridges that were opened had one", "All 41 fridges that were opened had one")
    assert run(project) == ["scorecard FSA/R1"]
    now = inodes(project)
    assert {name for name in now if now[name] == lying[name]} == {"COOKS_I.html", "COOKS_I.json"}
    assert run(other, fresh=True) == ["scorecard FSA/R1", "scorecard COOKS/I"]
    assert not {*inodes(other).values()} & {*lying.values()}
    assert files(other) == files(project)
    assert files(project)["items/COOKS_I.html"] == before["items/COOKS_I.html"]
    assert b"All 41 fridges" in files(project)["items/FSA_R1.html"]


def test_a_record_that_another_card_names_renders_both(registered: Path) -> None:
    """The register tells on one card where the record of the other was read."""
    changed(registered, "E3,COOKS/I.a,LAB-STUDY,table 2", "E3,COOKS/I.a,AUDIT-TEST,table 2")
    assert run(registered) == ["scorecard FSA/R1", "scorecard COOKS/I"]


def test_a_file_that_was_touched_is_made_anew(project: Path) -> None:
    """Nobody's pencil gets into the next edition."""
    path = project / "reports" / DAY.isoformat() / "items" / "COOKS_I.html"
    before = path.read_bytes()
    changed(project, "All 40 fridges that were opened had one", "All 41 fridges that were opened had one")
    path.write_bytes(before.replace(b"milk", b"wine"))
    os.utime(path, (time.time() + 1, time.time() + 1))
    assert run(project) == ["scorecard FSA/R1", "scorecard COOKS/I"]
    assert path.read_bytes() == before


def test_where_files_cannot_be_linked_they_are_copied(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On some file systems a file has one name."""
    before, lying = files(project), inodes(project)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("scaudit.unchanged.os.link", refused)
    changed(project, "All 40 fridges that were opened had one", "All 41 fridges that were opened had one")
    assert run(project) == ["scorecard FSA/R1"]
    assert files(project)["items/COOKS_I.html"] == before["items/COOKS_I.html"]
    assert inodes(project)["COOKS_I.html"] != lying["COOKS_I.html"]


def test_another_template_renders_all(project: Path) -> None:
    """What all cards share is part of what they are made of."""
    before = manifest(project / "reports" / DAY.isoformat())
    with (project / "reports" / "templates" / "web.css").open("a", encoding="utf-8") as style:
        style.write("/* wider */\n")
    assert run(project) == ["scorecard FSA/R1", "scorecard COOKS/I"]
    after = manifest(project / "reports" / DAY.isoformat())
    assert before["made_from"] != after["made_from"]
    assert [one.get("results") for one in before["documents"]] == [one.get("results") for one in after["documents"]]


def test_results_that_are_rendered_again_stay_while_others_are_published(audited: Path, tmp_path: Path) -> None:
    """A report reads what it began with."""
    own = rendering.taken(audited / ".scaudit", tmp_path)
    assert own.read_bytes() == (audited / ".scaudit" / "results.duckdb").read_bytes()


# --- what is listed ---------------------------------------------------------------------------------------------


def test_where_a_card_lists_few_records_no_ask_is_crowded_out() -> None:
    """Those that are not listed are told; where there is room, all are."""
    results = some_results()
    whole, short = annex.groups(results, "SYN-1/R1"), annex.groups(results, "SYN-1/R1", 9)
    assert sum(len(group.entries) for group in short) == 9
    assert [bool(group.entries) for group in short] == [bool(group.entries) for group in whole]
    for few, every in zip(short, whole, strict=True):
        assert sum(1 + len(entry.also) for entry in few.entries) + few.more == sum(
            1 + len(one.also) for one in every.entries
        )
    assert all(group.more == 0 for group in whole)
