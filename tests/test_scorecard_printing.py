"""Printing in worker processes: the same bytes, and a refusal reaches the reader as its one sentence."""

import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from scaudit import crews
from scaudit.chunks import Chunk
from scaudit.crews import crew, printing_by, stand_by, warm, warm_to_render
from scaudit.document.marks import Marks
from scaudit.errors import ProjectError
from scaudit.project import find_project
from scaudit.rendering import render_chunk
from scaudit.scorecard import html
from scaudit.scorecard.edition import Written
from scaudit.scorecard.printing import Press, Printed, Sheet, at_once, print_sheet
from scaudit.workers import Workers, spread
from scorecard_factory import TEMPLATES

MARKS = Marks("I", "e", date(2020, 1, 1), date(2020, 1, 1), "r", "0" * 64, "0" * 64, "0")
PAGE = "<html lang='en'><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"
PRESS = Press(TEMPLATES, "letter")


def sheets(folder: Path, extra: str = "") -> list[Sheet]:
    folder.mkdir()
    return [Sheet(folder / f"{number}.pdf", PAGE.format(f"Page {number}", extra), MARKS) for number in range(4)]


def elsewhere(folder: Path, jobs: list[Sheet]) -> list[Printed]:
    """Printed by two warm processes."""
    with spread(Workers(partial(print_sheet, PRESS), 2, folder / "scratch", warm), jobs) as answers:
        return list(answers)


def test_workers_print_the_same_bytes(tmp_path: Path) -> None:
    """How many processes print is nobody's business but the clock's."""
    here, there = sheets(tmp_path / "here"), sheets(tmp_path / "there")
    assert [print_sheet(PRESS, sheet) for sheet in here] == elsewhere(tmp_path, there)
    assert [sheet.path.read_bytes() for sheet in here] == [sheet.path.read_bytes() for sheet in there]


def test_a_refusal_in_a_worker_is_a_sentence(tmp_path: Path) -> None:
    """What may not be fetched stops the run there as here."""
    jobs = sheets(tmp_path / "pages", "<p><img src='http://example.org/a.png' alt='a'/></p>")
    with pytest.raises(ProjectError, match="only fonts and styles of the project"):
        elsewhere(tmp_path, jobs)


WITHOUT_PANGO = """
import sys
from pathlib import Path

class Pango:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")

sys.meta_path.insert(0, Pango())
from scaudit.crews import warm, warm_to_render

warm()
warm_to_render(Path(), "letter", str)
print("weasyprint" in sys.modules)
"""


def test_a_worker_is_ready_where_a_library_is_missing() -> None:
    """It would seem to have been ended from outside; the first card says in a sentence what is missing."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_PANGO], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_what_is_loaded_ahead_is_there_and_what_is_not_there_is_not_told() -> None:
    """Whoever wants it will be."""
    code = (
        "import sys, threading; from scaudit.ahead import load_ahead\n"
        "assert 'wave' not in sys.modules\n"
        "load_ahead(['no_such_module', 'wave'])\n"
        "[one.join() for one in threading.enumerate() if one.name == 'scaudit-ahead']\n"
        "print('wave' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.split(), done.stderr) == (["True"], "")


def test_a_worker_that_stands_by_has_its_templates_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first card need not wait for it."""
    monkeypatch.setattr(html, "_COMPILED", html._Compiled())
    html.pages.cache_clear()
    warm_to_render(TEMPLATES, "letter", render_chunk)
    html.pages.cache_clear()
    assert len(html._COMPILED._codes) == len([*TEMPLATES.glob("*.html")])


def cards(folder: Path, number: int) -> list[Chunk]:
    """Chunks of one card each, of an edition that is written in a folder."""
    return [Chunk(Path(), Path(), folder / "edition", ("I",), ()) for _ in range(number)]


def test_the_one_worker_of_a_few_cards_prints_sheets_besides(tmp_path: Path) -> None:
    """It is begun at once, and gives what is printed here."""
    here, there = sheets(tmp_path / "here")[0], sheets(tmp_path / "there")[0]
    with closing(crew(str, cards(tmp_path, 1))) as workers:  # type: ignore[arg-type]
        assert workers.number == 1
        printed = printing_by(workers)(PRESS, there)
        assert workers.do(cards(tmp_path, 1)[0]) == str(cards(tmp_path, 1)[0])
        assert printed() == print_sheet(PRESS, here)
    assert here.path.read_bytes() == there.path.read_bytes()


def test_a_sheet_for_which_the_worker_has_no_time_is_printed_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This process would only wait."""
    press, sheet = PRESS, sheets(tmp_path / "here")[0]
    monkeypatch.setattr(crews, "print_sheet", lambda *told: told)
    with closing(crew(_until_the_end, cards(tmp_path, 1))) as workers:
        busy = workers.begin(cards(tmp_path, 1)[0])
        printed = printing_by(workers)(press, sheet)
        assert printed() == (press, sheet)
        (tmp_path / "end").touch()
        assert busy.result() == []


def _until_the_end(chunk: Chunk) -> list[Written]:
    """In a worker: be busy until a file is there."""
    while not (chunk.folder.parent / "end").exists():
        time.sleep(0.01)
    return []


def test_many_workers_are_busy_with_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process has nothing else to do then than to print."""
    monkeypatch.setattr(crews, "cores", lambda: 2)
    with closing(crew(str, cards(tmp_path, 9))) as workers:  # type: ignore[arg-type]
        assert (workers.number, printing_by(workers)) == (2, at_once)


@pytest.mark.parametrize(("cores", "long"), [(1, 1), (2, 10_000)])
def test_nobody_stands_by(
    cores: int, long: int, audited_starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no core for it, or what was published is little."""
    monkeypatch.setattr(crews, "cores", lambda: cores)
    monkeypatch.setattr(crews, "LONG_OVERVIEW", long)
    stand_by(find_project(audited_starter), tmp_path, render_chunk)
    assert not crews._READY


def test_who_stands_by_joins_the_crew(audited_starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The crew of that folder takes it, and no other process is begun."""
    monkeypatch.setattr(crews, "cores", lambda: 2)
    monkeypatch.setattr(crews, "LONG_OVERVIEW", 1)
    ahead: list[object] = []
    monkeypatch.setattr(crews, "load_ahead", ahead.append)
    stand_by(find_project(audited_starter), tmp_path, render_chunk)
    assert ahead == [crews.TO_PRINT]
    begun = [worker for one in crews._READY.values() for worker in one._processes]
    with closing(crew(str, cards(tmp_path, 1))) as workers:  # type: ignore[arg-type]
        assert not crews._READY
        workers.do(cards(tmp_path, 1)[0])
        lane = workers._lanes.get()
        workers._lanes.put(lane)
        assert lane is not None
        assert len(begun) == 1
        assert [*lane._processes] == begun


def test_who_stands_by_in_vain_is_dismissed(
    audited_starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody stays behind, where no card changed or the run failed."""
    monkeypatch.setattr(crews, "cores", lambda: 2)
    monkeypatch.setattr(crews, "LONG_OVERVIEW", 1)
    stand_by(find_project(audited_starter), tmp_path, render_chunk)
    (worker,) = (one for lane in crews._READY.values() for one in lane._processes.values())
    crews.dismiss()
    assert not crews._READY
    assert not worker.is_alive()
