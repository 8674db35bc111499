"""All benchmarks, on one page: what scaudit takes against floors and peers that are measured in the same run.

    python benchmarks/run.py                      all parts, in some fifteen minutes on two quiet cores
    python benchmarks/run.py --quick              all parts, small: shows that they work and judges nothing
    python benchmarks/run.py --part data --large  one part, with ten million rows besides, or 1,000 cards

The page goes to the terminal, and to latest.html and latest.json beside this file. README.md says how to read it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path

import part_again
import part_cards
import part_data
import part_rest
import part_starts
from findings import Group
from process import MeasurementError, tidy_when_stopped
from workshop import QUICK, Sizes, Workshop

PARTS: dict[str, Callable[[Workshop], Iterator[Group]]] = {
    "starts": part_starts.starts,
    "data": part_data.data,
    "firmness": part_rest.firmness,
    "cards": part_cards.cards,
    "again": part_again.again,
    "records": part_rest.records,
}
LARGE, MANY = 10_000_000, 1000


def main() -> int:
    wanted = _wanted()
    tidy_when_stopped()
    folder = Path(tempfile.mkdtemp(prefix="scaudit-bench-", dir=wanted.work))
    shop = Workshop(folder, _sizes(wanted))
    try:
        groups = _measure(shop, wanted.part or list(PARTS), wanted.name)
    finally:
        if wanted.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if any(group.failed for group in groups) else 0


def _measure(shop: Workshop, parts: list[str], name: str) -> list[Group]:
    """Every part; the page is written after each, and one that fails takes no other with it."""
    groups: list[Group] = []
    for part in parts:
        try:
            for group in PARTS[part](shop):
                groups.append(group)
                _write(groups, shop, name)
        except (MeasurementError, OSError, KeyError, ValueError) as error:
            groups.append(Group(part, part, failed=f"{type(error).__name__}: {error}"))
            shop.say(f"{part} failed: {error}")
    _write(groups, shop, name, shown=True)
    return groups


def _write(groups: list[Group], shop: Workshop, name: str, *, shown: bool = False) -> None:
    """In a process of its own until the end, since what this one imports would weigh on all that it measures."""
    import json
    import subprocess

    from process import PYTHON

    told = json.dumps({"groups": [group.as_json() for group in groups], "sizes": vars(shop.sizes), "name": name})
    words = [str(PYTHON), str(Path(__file__).with_name("page.py")), *(["--show"] if shown else [])]
    subprocess.run(words, input=told, text=True, check=True)


def _sizes(wanted: argparse.Namespace) -> Sizes:
    sizes = QUICK if wanted.quick else Sizes()
    given = {one.name: getattr(wanted, one.name, None) for one in fields(Sizes) if one.name != "large"}
    sizes = replace(sizes, **{name: value for name, value in given.items() if value is not None})
    return replace(sizes, large=LARGE, cards=wanted.cards or MANY) if wanted.large else sizes


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="small sizes, one round")
    parser.add_argument("--large", action="store_true", help="ten million rows besides, and 1,000 cards")
    for one in fields(Sizes):
        if one.name != "large":
            parser.add_argument(f"--{one.name}", type=int, help=argparse.SUPPRESS if one.name == "sample" else None)
    parser.add_argument("--work", type=Path, help="where to work; default the folder for temporary files")
    parser.add_argument("--keep", action="store_true", help="leave what was made there")
    parser.add_argument("--name", default="latest", help="the name of the page, beside this file or as a path")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
