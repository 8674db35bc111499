"""Printing in worker processes: the same bytes, and a refusal reaches the reader as its one sentence."""

import tempfile
from datetime import date
from pathlib import Path

import pytest

from scaudit.document.marks import Marks
from scaudit.errors import ProjectError
from scaudit.scorecard.printing import Press, Sheet, print_all
from scorecard_factory import TEMPLATES

MARKS = Marks("I", "e", date(2020, 1, 1), date(2020, 1, 1), "r", "0" * 64, "0" * 64, "0")
PAGE = "<html lang='en'><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"


def printed(folder: Path, workers: int, extra: str = "") -> dict[str, bytes]:
    folder.mkdir()
    sheets = [Sheet(f"page {n}", folder / f"{n}.pdf", PAGE.format(f"Page {n}", extra), MARKS) for n in range(5)]
    print_all(iter(sheets), len(sheets), Press(TEMPLATES, "letter"), workers, lambda _phrase: None)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_workers_print_the_same_bytes_and_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many processes print is nobody's business but the clock's."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    assert printed(tmp_path / "one", 1) == printed(tmp_path / "two", 2)
    assert list((tmp_path / "scratch").glob("scaudit-*")) == []


def test_a_refusal_in_a_worker_is_a_sentence(tmp_path: Path) -> None:
    """What may not be fetched stops the run there as here."""
    with pytest.raises(ProjectError):
        printed(tmp_path / "pages", 2, "<p><img src='http://example.org/a.png' alt='a'/></p>")
