"""The drill of deliveries, ten runs of it: killed anywhere, no run sends anything twice or loses word of it."""

import sys
from collections import Counter
from pathlib import Path
from random import Random

from scaudit.deliveries import past, standing

TOOLS = Path(__file__).resolve().parents[1] / "tools"


def test_runs_that_are_killed_neither_repeat_nor_lose_anything(tmp_path: Path) -> None:
    """`make drill` kills two hundred. The count of what is out is the mail server's, not the ledger's."""
    sys.path.insert(0, str(TOOLS))
    from drilling.deliveries import drill

    report = drill(10, 7, tmp_path)
    assert report.faults == []
    assert report.killed == 10
    assert report.copies > 10
    assert report.states["delivered"] > report.states["possibly delivered"]
    assert set(report.states) <= {"delivered", "possibly delivered", "skipped", "given up"}


def test_the_drill_would_find_a_fault(tmp_path: Path) -> None:
    """A copy too many, one too few, and one of which the ledger knows nothing: each is named."""
    sys.path.insert(0, str(TOOLS))
    from drilling import counting, mailbox
    from drilling import deliveries as tool
    from drilling.people import address

    with mailbox.serving(mailbox.Server(Random(1))) as port:
        project = tool.make_project(tmp_path / "audit", port)
        tool.mint(project, "e1", Random(1))
        assert len(counting.faults(project, "e1", Counter())) == 4 + 3 + 3 + 4 + 4 + 1
        assert len(counting.faults(project, "e1", Counter({("a@example.org", "d" * 64): 1}))) == 20
        taken = Counter()
        tool.finish(project, "e1")
    assert {"lacks" in fault for fault in counting.faults(project, "e1", taken)} == {False}
    assert all("0 copies" in fault for fault in counting.faults(project, "e1", taken))
    key, digest = next(iter(counting.said(standing(past(project / ".scaudit")))))
    assert counting.faults(project, "e1", Counter({(address(key), digest): 2}))[0].count("2 copies") == 1
