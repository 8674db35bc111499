"""Counts: how many rows were read, how many are in the clean tables, and how many in quarantine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scaudit.contract import PRIVATE


@dataclass(frozen=True)
class TableCount:
    """Rows of one table: those read, those in the clean table, those in quarantine (rows, not faults)."""

    read: int
    loaded: int
    quarantined: int


@dataclass(frozen=True)
class CheckReport:
    """Rows over all tables, and by table."""

    read: int
    loaded: int
    quarantined: int
    by_table: Mapping[str, TableCount]

    @property
    def public(self) -> TableCount:
        """Rows over the tables that something published may rest on."""
        return total(count for name, count in self.by_table.items() if name not in PRIVATE)


def report(counts: Mapping[str, TableCount]) -> CheckReport:
    """The counts by table, with their sums."""
    sums = total(counts.values())
    return CheckReport(sums.read, sums.loaded, sums.quarantined, counts)


def total(counts: Iterable[TableCount]) -> TableCount:
    """The sums over some tables."""
    rows = [(count.read, count.loaded, count.quarantined) for count in counts]
    return TableCount(*(sum(column) for column in zip(*rows, strict=True)))
