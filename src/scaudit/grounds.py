"""Grounds: everything that scoring reads, and nothing else, for a whole run or for one item of it.

Who has them can score again and needs no project: the checked rows, the days, and the ruleset to the letter.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from scaudit.rules import Ruleset

SCHEMA = "scaudit/grounds/1"
Kind = Literal["text", "day", "flag", "number", "list"]
Row = Mapping[str, Any]


def _columns(names: str) -> Mapping[str, Kind]:
    """Columns by name, in their order; what is no text says so after a colon."""
    told = (name.partition(":") for name in names.split())
    return MappingProxyType({name: kind or "text" for name, _, kind in told})  # type: ignore[misc]


COLUMNS: Mapping[str, Mapping[str, Kind]] = MappingProxyType(
    {
        "bodies": _columns("body_id name kind parent_id independent_by_statute:flag"),
        "sources": _columns("source_id title publisher_id published_on:day published_on_text url seen"),
        "recommendations": _columns(
            "item_id kind title summary issuer_id accountable_id issued_on:day response response_on:day target_on:day"
            " source_id locator"
        ),
        "criteria": _columns(
            "criterion_id item_id kind ask required:flag window_from:day window_to:day accountable_id"
            " shelf_life_months:number sustain_months:number source_id locator"
        ),
        "responsibilities": _columns("criterion_id body_id"),
        "dispositions": _columns("item_id body_id stated_on:day disposition words basis_stated source_id locator"),
        "reading_days": _columns("day_id day:day label"),
        "viewpoints": _columns("viewpoint_id label body_kinds:list source_ids:list"),
        "evidence": _columns(
            "evidence_id criterion_id source_id locator origin_id stance basis tense method_stated:flag event_from:day"
            " event_to:day event_from_text event_to_text recorded_on:day reliability credibility expires_on:day"
            " replaces finding coding_note fact_id quoted_source_id"
        ),
        "contradictions": _columns(
            "contradiction_id question says_a records_a:list sources_a:list says_b records_b:list sources_b:list"
            " says_c records_c:list sources_c:list explained_by explanation item_ids:list"
        ),
    }
)
"""The input tables that scoring reads, with the columns that it or a card has of them; parents before children."""

IN_THEIR_ORDER = ("viewpoints", "contradictions")
"""Tables of which the order of the rows is printed; that of all others carries no meaning."""


@dataclass(frozen=True)
class Grounds:
    """The rows by table, the day from which the programme ran, the items of which a criterion is held, the ruleset.

    `ruleset` is its name and those of its bases, `files` are their files by `name/file`. `item_id` is empty where
    these are the grounds of all items.
    """

    as_of: date
    known_on: date
    programme_from: date | None
    incomplete: tuple[str, ...]
    tables: Mapping[str, tuple[Row, ...]]
    ruleset: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    item_id: str = ""

    def of(self, item_id: str) -> "Grounds":
        """The grounds of one item: what scoring reads for it."""
        return self.among([item_id], item_id)

    def among(self, items: Iterable[str], subject: str) -> "Grounds":
        """The grounds of some items, under the name of the document that they are for."""
        meant = list(items)
        incomplete = tuple(one for one in self.incomplete if one in meant)
        return replace(self, item_id=subject, incomplete=incomplete, tables=self._narrowed(meant))

    def under(self, ruleset: Ruleset) -> "Grounds":
        """These grounds with the ruleset by which they are scored."""
        return replace(self, ruleset=ruleset.lineage, files=ruleset.files)

    def as_json(self) -> dict[str, Any]:
        """For programs; schema scaudit/grounds/1."""
        return {
            "schema": SCHEMA,
            "item": self.item_id,
            "as_of": self.as_of,
            "known_on": self.known_on,
            "programme_from": self.programme_from,
            "incomplete": list(self.incomplete),
            "tables": {name: [dict(row) for row in self.tables.get(name, ())] for name in COLUMNS},
            "ruleset": list(self.ruleset),
            "files": {path: content.decode() for path, content in self.files.items()},
        }

    def _narrowed(self, meant: Collection[str]) -> dict[str, tuple[Row, ...]]:
        items, criteria, said = (
            tuple(row for key in meant for row in self._by(table, "item_id")[key])
            for table in ("recommendations", "criteria", "dispositions")
        )
        keys = [row["criterion_id"] for row in criteria]
        evidence, shared = (
            tuple(row for key in keys for row in self._by(table, "criterion_id")[key])
            for table in ("evidence", "responsibilities")
        )
        sources = self._sources({row["source_id"] for row in (*items, *evidence)})
        bodies = {row[key] for row in (*items, *criteria) for key in ("issuer_id", "accountable_id") if key in row}
        bodies |= {row["body_id"] for row in (*shared, *said)} | {row["origin_id"] for row in evidence}
        bodies |= {row["publisher_id"] for row in sources}
        return {
            **{table: self.tables[table] for table in ("reading_days", "viewpoints")},
            "bodies": self._bodies(bodies),
            "sources": sources,
            "recommendations": items,
            "criteria": criteria,
            "responsibilities": shared,
            "dispositions": said,
            "evidence": evidence,
            "contradictions": self._contradictions(meant, {row["evidence_id"] for row in evidence}),
        }

    def _by(self, table: str, column: str) -> Mapping[str, list[Row]]:
        return self._grouped[table, column]

    @cached_property
    def _grouped(self) -> "_Groups":
        return _Groups(self.tables)

    def _sources(self, wanted: Iterable[str | None]) -> tuple[Row, ...]:
        return tuple(row for key in sorted(filter(None, wanted)) for row in self._by("sources", "source_id")[key])

    def _bodies(self, wanted: Iterable[str | None]) -> tuple[Row, ...]:
        """The bodies, and those with which they share responsibility: their parents, up to one that stands alone."""
        found: dict[str, Row] = {}
        waiting = [key for key in wanted if key]
        while waiting:
            key = waiting.pop()
            for row in self._by("bodies", "body_id")[key] if key not in found else ():
                found[key] = row
                waiting += [row["parent_id"]] if row["parent_id"] and not row["independent_by_statute"] else []
        return tuple(found[key] for key in sorted(found))

    def _contradictions(self, meant: Collection[str], records: set[str]) -> tuple[Row, ...]:
        """The entries of the register that bear on items: by one of their records, or because they name one."""
        return tuple(
            row
            for row in self.tables["contradictions"]
            if any(key in (row["item_ids"] or ()) for key in meant) or not records.isdisjoint(_records(row))
        )


class _Groups(dict[tuple[str, str], Mapping[str, list[Row]]]):
    """Rows by the values of one column, found once for each table and column."""

    def __init__(self, tables: Mapping[str, tuple[Row, ...]]) -> None:
        super().__init__()
        self._tables = tables

    def __missing__(self, key: tuple[str, str]) -> Mapping[str, list[Row]]:
        table, column = key
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._tables[table]:
            groups[row[column]].append(row)
        self[key] = groups
        return groups


def _records(contradiction: Row) -> Iterator[str]:
    for side in "abc":
        yield from contradiction[f"records_{side}"] or ()
