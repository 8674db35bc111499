"""What is measured in a process of its own: `python work.py WHAT FOLDER`; prints what it took, as JSON.

Libraries are imported before the clock starts, here as in the peers: how long a start takes is measured by itself.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

DAY = date(2024, 1, 1)
RUN = "benchmark"


def evidence_files(project: Path) -> list[str]:
    folder = project / "inputs" / "evidence"
    return [str(path) for path in sorted(folder.glob("*.csv"))] if folder.is_dir() else [f"{folder}.csv"]


def floor(project: Path) -> dict[str, Any]:
    """The plain copy of the evidence files into a table on disk, all text."""
    from scaudit.warehouse import connect

    path = project / "floor.duckdb"
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    with closing(connect(path)) as con:
        query = "create table evidence as select * from read_csv(?, all_varchar = true, header = true)"
        con.execute(query, [evidence_files(project)])
    return {"seconds": time.perf_counter() - began}


def audit(project: Path) -> dict[str, Any]:
    """Read, check and score in the two readings of an audit: what the floor is compared with."""
    from scaudit.audit import load, validate
    from scaudit.order import Order
    from scaudit.project import find_project
    from scaudit.rules import load_ruleset
    from scaudit.scoring import audit_readings, score
    from scaudit.warehouse import connect

    order, settings = Order(project, DAY, DAY, RUN), find_project(project).settings
    times = [time.perf_counter()]
    load(order)
    times.append(time.perf_counter())
    report = validate(order)
    times.append(time.perf_counter())
    with closing(connect(order.database)) as con:
        score(con, load_ruleset(settings.ruleset), audit_readings(DAY, DAY), settings.programme.first)
    times.append(time.perf_counter())
    _write_faults(order.database, project)
    steps = {name: b - a for name, (a, b) in zip(("read", "check", "score"), pairwise(times), strict=True)}
    counts = {"rows": report.read, "loaded": report.loaded, "quarantined": report.quarantined}
    return {"seconds": times[-1] - times[0], **steps, **counts}


def _write_faults(database: Path, project: Path) -> None:
    """The faults as lines of table, file, line of the file and code: what all that are measured must agree in."""
    from scaudit.warehouse import connect

    with closing(connect(database)) as con:
        found = con.execute('select distinct table_name, file, "row", rule from quarantine').fetchall()
    lines = sorted(",".join(str(part) for part in row) for row in found)
    (project / "faults.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def firm(project: Path) -> dict[str, Any]:
    """Scoring in the two readings of an audit, and what hangs on one choice or one record, beside it."""
    from scaudit.audit import load, validate
    from scaudit.firmness import firmness
    from scaudit.order import Order
    from scaudit.project import find_project
    from scaudit.rules import load_ruleset
    from scaudit.scoring import audit_readings, score
    from scaudit.warehouse import connect

    order = Order(project, DAY, DAY, RUN)
    load(order)
    validate(order)
    settings = find_project(project).settings
    ruleset, readings = load_ruleset(settings.ruleset), audit_readings(DAY, DAY)
    with closing(connect(order.database)) as con:
        times = [time.perf_counter()]
        score(con, ruleset, readings, settings.programme.first)
        times.append(time.perf_counter())
        firmness(con, ruleset, readings[0], settings.programme.first)
        times.append(time.perf_counter())
        (hanging,) = con.execute("select count(*) from result.left_out").fetchall()[0]
    plain, more = (b - a for a, b in pairwise(times))
    return {"seconds": more, "score": plain, "hanging": hanging}


def plain(folder: Path, sample: str) -> dict[str, Any]:
    """Pages printed by WeasyPrint as its manual says, fonts and styles loaded once, on one core."""
    import os

    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    paths = sorted((folder / "cards").glob("*.xhtml"), key=lambda path: (path.stat().st_size, path.name))
    wanted = min(int(sample), len(paths))
    chosen = [paths[(2 * number + 1) * len(paths) // (2 * wanted)] for number in range(wanted)]
    base, fonts = (folder / "templates").resolve().as_uri() + "/", FontConfiguration()
    began = time.perf_counter()
    styles = [CSS(base + name, font_config=fonts) for name in ("fonts.css", "card.css", "letter.css")]
    for path in chosen:
        page = HTML(string=path.read_text(encoding="utf-8"), base_url=base)
        page.write_pdf(path.with_suffix(".pdf"), stylesheets=styles, font_config=fonts, pdf_variant="pdf/a-3a")
    return {"seconds": time.perf_counter() - began, "cards": len(chosen)}


WHAT: dict[str, Callable[..., dict[str, Any]]] = {"floor": floor, "audit": audit, "firm": firm, "plain": plain}


def main() -> None:
    what, folder, *more = sys.argv[1:]
    print(json.dumps(WHAT[what](Path(folder), *more)))


if __name__ == "__main__":
    main()
