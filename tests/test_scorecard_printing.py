"""Printing in worker processes: the same bytes, and a refusal reaches the reader as its one sentence."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from scaudit.document.marks import Marks
from scaudit.errors import ProjectError
from scaudit.rendering import warm
from scaudit.scorecard.printing import Press, Printed, Sheet, print_sheet
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
