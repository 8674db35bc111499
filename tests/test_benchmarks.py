"""The benchmarks still run; what they print says what was measured, and whether an aim is missed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "peers")]

import rules  # noqa: E402

from card_pages import blocks  # noqa: E402
from findings import FLOOR, OURS, Group, Verdict, line, ratios  # noqa: E402
from process import MeasurementError, Took, memory_of_tree, run, turns  # noqa: E402
from scaudit.contract import REFERENCES, SELF_REFERENCES, TABLES  # noqa: E402
from scaudit.models import load_models  # noqa: E402
from scaudit.project import find_project  # noqa: E402


def test_a_measurement_is_a_process_of_its_own() -> None:
    """Its time, its peak memory and its answer are its own, whatever it calls itself."""
    words = (
        "import json, time; x = bytearray(80_000_000); time.sleep(0.05); print(json.dumps({'seconds': 0.25, 'n': 7}))"
    )
    took = run([sys.executable, "-c", words])
    assert took.answer["n"] == 7
    assert took.seconds == 0.25
    assert took.wall > 0.05
    assert took.peak_mb > 80


def test_a_measurement_that_fails_says_why() -> None:
    """A benchmark that has no figure prints none."""
    with pytest.raises(MeasurementError, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_memory_is_that_of_all_processes() -> None:
    """Workers count too."""
    child = subprocess.Popen(
        [sys.executable, "-c", "x = bytearray(90_000_000); print('there', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    child.stdout.readline()
    assert memory_of_tree(os.getpid()) - memory_of_tree(child.pid) > 0
    assert memory_of_tree(child.pid) > 80
    child.communicate(b"\n")


def test_floor_and_measured_take_turns() -> None:
    """What else the machine does falls on both."""
    order = []

    def measure(name: str) -> Took:
        order.append(name)
        return Took(1.0, 1.0, 1.0, 0.0)

    turns(2, floor=lambda: measure("floor"), ours=lambda: measure("ours"))
    assert order == ["floor", "ours", "floor", "ours"]


@pytest.mark.parametrize(
    ("verdict", "met"),
    [
        (Verdict("a", (1.0, 2.5, 1.5), at_most=2.0), True),
        (Verdict("b", (2.1,), at_most=2.0), False),
        (Verdict("c", (4.9,), at_least=5.0), False),
        (Verdict("d", (5.0,), at_least=5.0), True),
        (Verdict("e", (9.0,), at_most=2.0, big_enough=False), None),
        (Verdict("f", (9.0,)), None),
    ],
)
def test_a_missed_aim_is_called_so(verdict: Verdict, met: bool | None) -> None:
    """The median is held against the aim; where too little was measured nothing is claimed."""
    assert verdict.met is met


def took(seconds: float) -> Took:
    """A round that took so long."""
    return Took(seconds, seconds, 100.0, 0.1)


def test_the_page_tells_ratio_spread_and_what_was_missed(tmp_path: Path) -> None:
    """As JSON, as HTML and on the terminal."""
    floor, ours = [took(1.0), took(2.0), took(1.0)], [took(3.0), took(4.0), took(2.0)]
    ratio = Verdict("ours / floor", ratios(ours, floor), at_most=1.5)
    group = Group("data", "A group", (line("plain copy", FLOOR, floor), line("all of it", OURS, ours)), (ratio,))
    failed = Group("cards", "Cards", failed="it fell over")
    told = {"groups": [group.as_json(), failed.as_json()], "sizes": {}, "name": str(tmp_path / "page")}
    words = [sys.executable, str(ROOT / "benchmarks" / "page.py"), "--show"]
    shown = subprocess.run(words, input=json.dumps(told), capture_output=True, text=True, check=True).stdout
    page = json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))
    assert page["schema"] == "scaudit/bench/1"
    (verdict,) = page["groups"][0]["verdicts"]
    assert (verdict["median"], verdict["least"], verdict["most"], verdict["met"]) == (2.0, 2.0, 3.0, False)
    assert "Aims missed: 1: ours / floor" in shown
    assert "Not measured: Cards" in shown
    assert shown.count("\u2588") > 10
    assert "MISSED" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_part_is_measured_and_written(tmp_path: Path) -> None:
    """One part, tiny: from the command line to the page."""
    words = ["--part", "firmness", "--items", "60", "--records", "2000", "--rounds", "1"]
    where = ["--work", str(tmp_path), "--name", str(tmp_path / "page")]
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), *words, *where]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (group,) = json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))["groups"]
    assert [one["role"] for one in group["lines"]] == ["floor", "scaudit"]
    assert group["lines"][1]["peak_mb"] > 50
    assert "SYNTHETIC" in shown
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_peers_are_asked_for_the_same_rules() -> None:
    """A rule of schemas/ that the peers were spared would make the comparison a straw man."""
    models = load_models(find_project(ROOT), TABLES)
    for name, known in rules.TABLES.items():
        columns = models[name].columns
        given = {rule.column for rule in known if rule.kind == "given"}
        assert given == {column for column, about in columns.items() if not about.nullable}, name
        assert {(rule.column, rule.code) for rule in known} == set(codes(columns)), name
        words = {rule.column: set(rule.limit) for rule in known if rule.code == "E104"}
        assert words == {column: listed for column, about in columns.items() if (listed := allowed(about))}, name


def codes(columns: dict[str, Any]) -> list[tuple[str, str]]:
    """Column and code of every rule of a model."""
    missing = [(column, "E101") for column, about in columns.items() if not about.nullable]
    return missing + [(column, str(one.error)[:4]) for column, about in columns.items() for one in about.checks]


def allowed(about: Any) -> set[str]:
    """The words that a column may have."""
    listed = [str(one.error).partition(": ")[2] for one in about.checks if str(one.error).startswith("E104")]
    return set(listed[0].split(", ")) if listed else set()


def test_peers_follow_the_same_references() -> None:
    """Likewise for what holds across tables."""
    for name, known in rules.REFERENCES.items():
        ours = {(one.column, one.parent, one.parent_key) for one in REFERENCES if one.table == name}
        assert set(known) == ours, name
        assert tuple(rules.KEYS[name]) == TABLES[name].key
    assert {(table, *pair) for table, pair in rules.OWN_REFERENCES.items()} == {
        (one.table, one.column, one.parent_key) for one in SELF_REFERENCES
    }


def test_typst_gets_every_word_of_a_page() -> None:
    """Its content is equivalent only if nothing is lost on the way."""
    page = (
        '<html><head><title>T</title></head><body><main data-running="r" data-foot="f"><h1>One <b>two</b> three</h1>'
        '<table><colgroup><col style="width:30%"/><col style="width:70%"/></colgroup><thead><tr><th>four</th><th>five'
        '</th></tr></thead><tbody><tr><th scope="row">six</th><td>seven<br/>eight <svg xmlns="http://www.w3.org/2000/svg"'
        ' width="9pt"><title>nine</title></svg></td></tr></tbody></table><p>ten <a href="https://x.example/">eleven</a></p>'
        "</main></body></html>"
    )
    told = blocks(page)
    assert (told["title"], told["running"], told["foot"]) == ("T", "r", "f")
    assert told["body"][1]["columns"] == [30.0, 70.0]
    text = " ".join(words_of(told["body"])).split()
    assert text == ["One", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]


def words_of(node: Any) -> list[str]:
    """The words of a tree of nodes, in their order."""
    if isinstance(node, str):
        return [node]
    if isinstance(node, list):
        return [word for one in node for word in words_of(one)]
    if not isinstance(node, dict):
        return []
    return [word for key in ("head", "rows", "c", "alt") if key in node for word in words_of(node[key])]
