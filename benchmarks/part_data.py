"""Read, check and score against a plain copy, and against the same rules in the peers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from environment import peers
from findings import FLOOR, OURS, PEER, Group, Line, Verdict, line, ratios
from process import MeasurementError, Took, available_mb, run, turns
from workshop import BENCHMARKS, Workshop

PEERS = {"pandas + pandera": "with_pandera", "Great Expectations": "with_great_expectations"}
AIM, MEMORY, FASTER = 2.0, 2500, 5.0
MB_A_ROW, MOST_MEMORY = 0.0016, 1e9
NOTES = (
    "the floor is `create table as select * from read_csv(...)` of the evidence files, all text;",
    "peers read and check by the same rules and do not score. Their faults are the same, row by row, code by code.",
)


def data(shop: Workshop) -> Iterator[Group]:
    """One group, and another for ten million records where they are asked for."""
    sizes = shop.sizes
    yield _measured(shop, sizes.items, sizes.records, sizes.rounds)
    if sizes.large:
        yield _measured(shop, sizes.large // 100, sizes.large, 1)


def _measured(shop: Workshop, items: int, records: int, rounds: int) -> Group:
    project = shop.registry(items, records, parts=max(2, min(10, records // 250_000)))
    shop.say(f"plain copy, and read + check + score, of {records:,} records: {rounds} rounds")
    own = turns(rounds, floor=lambda: shop.work("floor", project), audit=lambda: shop.work("audit", project))
    floor, audit = own["floor"], own["audit"]
    lines = [line("plain copy", FLOOR, floor), line("read + check + score", OURS, audit, note=_steps(audit))]
    verdicts = [
        Verdict(f"read + check + score / plain copy, {records:,} records", ratios(audit, floor), "x", AIM),
        Verdict(f"memory of it, {records:,} records", tuple(one.peak_mb for one in audit), "MB", MEMORY),
    ]
    for name, script in PEERS.items():
        if (available_mb() or MOST_MEMORY) < records * MB_A_ROW:
            lines.append(Line(name, PEER, (0.0,), note="left out: it might need more memory than is free"))
            continue
        shop.say(f"{name} on the same")
        found = _peer(project, name, script, audit[-1])
        lines.append(found[0])
        verdicts += found[1]
    big = [*verdicts] if records >= 1_000_000 else [_unjudged(one) for one in verdicts]
    shop.forget(project)
    title = f"Read + check + score: {items:,} items, {records:,} evidence rows, SYNTHETIC"
    return Group("data", title, tuple(lines), tuple(big), NOTES)


def _peer(project: Path, name: str, script: str, audit: Took) -> tuple[Line, list[Verdict]]:
    """One peer, once: it takes long. What it finds must be what we found, or the figures say nothing."""
    told = project / f"{script}.txt"
    try:
        took = run([peers(), BENCHMARKS / "peers" / f"{script}.py", project, told])
    except MeasurementError as error:
        return Line(name, PEER, (0.0,), note=f"did not finish: {str(error)[-80:]}"), []
    ours = (project / "faults.txt").read_text(encoding="utf-8")
    if told.read_text(encoding="utf-8") != ours:
        raise MeasurementError(f"{name} finds other faults than scaudit: see {told.name} and faults.txt (--keep)")
    found = len(ours.splitlines())
    checked = audit.answer["read"] + audit.answer["check"]
    return line(name, PEER, [took], note=f"read + check only; the same {found:,} faults"), [
        Verdict(f"{name} / read + check + score", (took.seconds / audit.seconds,), at_least=_aim(name)),
        Verdict(f"{name} / read + check (like with like)", (took.seconds / checked,)),
    ]


def _aim(name: str) -> float | None:
    return FASTER if "pandera" in name else None


def _unjudged(one: Verdict) -> Verdict:
    return Verdict(one.what, one.values, one.unit, one.at_most, one.at_least, big_enough=False)


def _steps(took: list[Took]) -> str:
    last = took[-1].answer
    return ", ".join(f"{name} {last[name]:.1f}" for name in ("read", "check", "score"))
