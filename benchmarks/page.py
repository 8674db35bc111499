"""The page: all findings of a run as one table with bars, for the terminal and as a file, and as JSON for programs.

A process of its own: it imports what would weigh on measurements. It takes the groups as JSON on its input.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from findings import FLOOR, OURS, PEER
from process import CORES

SCHEMA = "scaudit/bench/1"
FOLDER = Path(__file__).parent
BAR, PAGE = 26, 150
LIBRARIES = ("duckdb", "pandera", "polars", "weasyprint")
COLOURS = {OURS: "bold cyan", FLOOR: "green", PEER: "magenta"}
HEADS = ("", "median s", "from-to", "peak MB", "others")
SAID = {True: "[green]met[/]", False: "[bold red]MISSED[/]", None: "not judged, too little was measured"}

Told = dict[str, Any]


def machine() -> Told:
    """What the figures were taken on, and how busy that was at the end."""
    memory = None
    with suppress(OSError, ValueError):
        words = Path("/proc/meminfo").read_text(encoding="ascii").split()
        memory = round(int(words[words.index("MemTotal:") + 1]) / 1024)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "cores": CORES,
        "memory_mb": memory,
        "load": [round(one, 2) for one in os.getloadavg()],
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def show(console: Console, page: Told) -> None:
    """The whole page."""
    at, groups = page["machine"], page["groups"]
    beside = ", ".join(f"{one:g}" for one in at["load"])
    console.print(f"[bold]scaudit benchmarks[/], {at['at']}. All registries are SYNTHETIC. Trust ratios, not seconds.")
    console.print(f"{at['cores']} cores, {at['memory_mb']} MB, Python {at['python']}, {at['system']}; load {beside}")
    for group in groups:
        _show_group(console, group)
    verdicts = [one for group in groups for one in group["verdicts"]]
    missed = [one["what"] for one in verdicts if one["met"] is False]
    failed = [group["title"] for group in groups if group["failed"]]
    told = f": {escape('; '.join(missed))}" if missed else f", of {sum(one['met'] is True for one in verdicts)} judged"
    console.print(f"\n[bold]Aims missed: {len(missed)}[/]{told}", highlight=False)
    if failed:
        console.print(f"[bold red]Not measured: {escape('; '.join(failed))}[/]")


def _show_group(console: Console, group: Told) -> None:
    console.print(f"\n[bold]{escape(group['title'])}[/]", highlight=False)
    if group["failed"]:
        console.print(f"  [red]failed: {escape(group['failed'])}[/]")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for heading in HEADS:
        table.add_column(heading, justify="right" if heading else "left", no_wrap=True)
    table.add_column("", no_wrap=True, min_width=BAR)
    table.add_column("")
    longest = max((one["median"] for one in group["lines"]), default=1.0) or 1.0
    for one in group["lines"]:
        table.add_row(*_cells(one, longest))
    console.print(table)
    for verdict in group["verdicts"]:
        console.print(f"  {_judged(verdict)}", highlight=False)
    for note in group["notes"]:
        console.print(f"  [dim]{escape(note)}[/]", highlight=False)


def _cells(one: Told, longest: float) -> tuple[str, ...]:
    colour = COLOURS[one["role"]]
    if not one["median"]:
        return f"  [{colour}]{escape(one['who'])}[/]", "", "", "", "", "", escape(one["note"])
    each = [value / one["done"] for value in one["seconds"]]
    spread = f"{min(each):.3g}-{max(each):.3g}" if len(each) > 1 else "one round"
    memory = f"{one['peak_mb']:,.0f}" if one["peak_mb"] else ""
    beside = "" if one["others"] is None else f"{one['others']:.0%}"
    bar = f"[{colour}]{bars(one['median'] / longest)}[/]"
    who = f"  [{colour}]{escape(one['who'])}[/]"
    return who, f"{one['median']:.3g}", spread, memory, beside, bar, escape(one["note"])


def bars(share: float) -> str:
    """A bar as wide as a share of the widest, in eighths of a sign, and never quite nothing."""
    eighths = max(1, round(share * BAR * 8))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + " ▏▎▍▌▋▊▉"[rest].strip()


def _judged(one: Told) -> str:
    unit = f" {one['unit']}"
    spread = f" ({one['least']:.3g}-{one['most']:.3g})" if one["least"] != one["most"] else ""
    aim = f"; aim {one['aim']}{unit}: {SAID[one['met']]}" if one["aim"] else ""
    return f"{escape(one['what'])}: [bold]{one['median']:.3g}{unit}[/]{spread}{aim}"


def write(page: Told, path: Path) -> None:
    """The JSON and the page beside it, under one name."""
    path.with_suffix(".json").write_text(json.dumps(page, indent=2) + "\n", encoding="utf-8")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=PAGE, file=nowhere)
        show(console, page)
        console.save_html(str(path.with_suffix(".html")))


def main() -> None:
    told = json.load(sys.stdin)
    name = told.pop("name")
    page = {"schema": SCHEMA, "data": "SYNTHETIC", "machine": machine(), **told}
    write(page, FOLDER / f"{name}.x")
    if "--show" in sys.argv:
        show(Console(width=None if sys.stdout.isatty() else PAGE), page)


if __name__ == "__main__":
    main()
