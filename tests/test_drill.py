"""The drill of deliveries, ten runs of it: killed anywhere, no run sends anything twice or loses word of it."""

import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[1] / "tools"


def test_runs_that_are_killed_neither_repeat_nor_lose_anything(tmp_path: Path) -> None:
    """`make drill` kills two hundred. The count of what is out is the mail server's, not the ledger's."""
    sys.path.insert(0, str(TOOLS))
    from drill_delivery import drill

    report = drill(10, 7, tmp_path)
    assert report.faults == []
    assert report.killed == 10
    assert report.copies > 10
    assert report.states["delivered"] > report.states["possibly delivered"]
    assert set(report.states) <= {"delivered", "possibly delivered", "skipped", "given up"}


def test_the_drill_would_find_a_fault(tmp_path: Path) -> None:
    """A copy too many, one too few, and one of which the ledger knows nothing: each is named."""
    sys.path.insert(0, str(TOOLS))
    import drill_delivery as tool

    with tool._serving(tool.Server(tool.random.Random(1))) as port:
        project = tool._project(tmp_path / "audit", port)
        tool._mint(project, "e1", tool.random.Random(1))
        assert len(tool._faults(project, "e1", tool.Counter())) == 4 + 3 + 3 + 4 + 4 + 1
        assert len(tool._faults(project, "e1", tool.Counter({("a@example.org", "d" * 64): 1}))) == 20
        taken = tool.Counter()
        tool._finish(project, "e1")
    assert {"lacks" in fault for fault in tool._faults(project, "e1", taken)} == {False}
    assert all("0 copies" in fault for fault in tool._faults(project, "e1", taken))
    key, digest = next(iter(tool._said(tool.standing(tool.past(project / ".scaudit")))))
    assert tool._faults(project, "e1", tool.Counter({(tool._address(key), digest): 2}))[0].count("2 copies") == 1
