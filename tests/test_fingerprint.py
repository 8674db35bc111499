"""Digests of files: taken anew whenever a file may have changed, and not otherwise."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from scaudit import fingerprint
from scaudit.fingerprint import mark, sha256

LATER = fingerprint.SETTLED + 1


class Clock:
    """A clock so many nanoseconds ahead, and the number of files that were read under it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
        self.taken = 0
        take, now = hashlib.file_digest, fingerprint.time.time_ns

        def counted(file, kind: str):
            self.taken += 1
            return take(file, kind)

        monkeypatch.setattr(fingerprint.time, "time_ns", lambda: now() + ahead)
        monkeypatch.setattr(fingerprint.hashlib, "file_digest", counted)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("one")
    return tmp_path / "file"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_file_that_lay_untouched_is_read_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, LATER)
    assert [sha256(path), sha256(path)] == [digest("one")] * 2
    assert clock.taken == 1


def test_one_that_was_written_just_now_is_read_each_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one tick of the disk's clock it may be written again and look the same."""
    clock = Clock(monkeypatch, 0)
    assert [sha256(path), sha256(path)] == [digest("one")] * 2
    assert clock.taken == 2


def test_another_text_of_the_same_length_and_time_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes a file may set its time back, but not the time at which the disk noted that."""
    clock, before = Clock(monkeypatch, LATER), path.stat()
    sha256(path)
    time.sleep(0.05)  # the tick of a disk's clock is a tenth of that
    path.write_text("two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert (sha256(path), clock.taken) == (digest("two"), 2)


def test_another_file_under_the_name_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch, LATER)
    before = sha256(path), mark(path)
    path.with_name("other").write_text("two")
    path.with_name("other").replace(path)
    assert sha256(path) == digest("two") != before[0]
    assert mark(path) != before[1]


def test_one_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for asked in (sha256, mark):
        with pytest.raises(FileNotFoundError):
            asked(tmp_path / "none")
