"""Headers of record-level files: which column stands for which of the layout, and which the layout does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from scaudit.errors import ProjectError
from scaudit.records_layout import Layout, plain_name

NEAR = 0.6
"""How alike two names must be for one to be named where the other is missing; 1 is the same."""


@dataclass(frozen=True)
class Match:
    """The place of every target in a header, for those that it has, and the names that no target took."""

    places: dict[str, int]
    unknown: tuple[str, ...]


def match(layout: Layout, header: Sequence[str], place: str) -> Match:
    """Match a header with a layout; raises ProjectError for a column that is missing, or there twice.

    A column that goes by two names in one file is read by the name that the layout has first; the other is unknown.
    """
    plain = [plain_name(name) for name in header]
    places = {}
    for target, column in layout.columns.items():
        found = next((name for name in map(plain_name, column.names) if name in plain), None)
        if found is None and column.required:
            raise _missing(header, column.name, place)
        if found is not None and plain.count(found) > 1:
            raise ProjectError(f"{place} has the column '{header[plain.index(found)]}' twice; keep one of them.")
        if found is not None:
            places[target] = plain.index(found)
    known = {plain_name(name) for name in layout.unused} | {plain[place] for place in places.values()} | {""}
    return Match(places, tuple(name for name, compared in zip(header, plain, strict=True) if compared not in known))


def _missing(header: Sequence[str], name: str, place: str) -> ProjectError:
    in_order = {_words_in_order(one): one for one in header if one}
    near = [in_order[one] for one in get_close_matches(_words_in_order(name), in_order, 3, NEAR)]
    there = f"; what comes near is {', '.join(repr(one) for one in near)}" if near else ", nor any like it"
    return ProjectError(
        f"{place} has no column '{name}'{there}: name one among the layout's alternatives, or mend the file."
    )


def _words_in_order(name: str) -> str:
    return " ".join(sorted(plain_name(name).split()))


def header_line(layout: Layout, lines: Sequence[Sequence[str]], place: str) -> int:
    """Which of the first lines of a sheet is its header, from 0: one that the layout names, with its columns on it.

    Raises ProjectError where the column names stand on another line, or on none.
    """
    known = {plain_name(name) for column in layout.columns.values() for name in column.names}
    hits = [len({plain_name(cell) for cell in line} & known) for line in lines]
    best = max(range(len(lines)), key=lambda line: hits[line], default=0)
    likely = [line for line in layout.lines_above if line < len(lines) and hits[line]]
    # a title above may have the words of one column: the line with the most names is the header
    if likely and max(hits[line] for line in likely) == hits[best]:
        return max(likely, key=lambda line: hits[line])
    said = " or ".join(str(line + 1) for line in layout.lines_above)
    if hits and hits[best]:
        raise ProjectError(
            f"{place} has its column names on line {best + 1}, and the layout says line {said}; mend lines_above there."
        )
    raise ProjectError(
        f"{place} has none of the layout's columns on line {said}; name the sheets to read in the layout (sheets)."
    )
