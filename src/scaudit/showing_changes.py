"""Showing changes: what two runs did not have alike, as counts by table and then by name."""

from collections.abc import Sequence

from rich.table import Table

from scaudit.changes import KINDS, Changes, RowChange
from scaudit.showing import SEEN, line, shown

REASONS = 3
NAMES = {
    "evidence": "the evidence",
    "criteria": "what was asked",
    "sources": "sources and bodies",
    "rules": "the rules",
    "settings": "the programme's first day",
    "days": "the days",
}
"""The factors that can explain a move, in words."""
LABELS = {
    "withdrawn": "Withdrawn",
    "held": "Held in quarantine now",
    "corrected": "Corrected",
    "changed": "Changed",
    "added": "Added",
    "released": "In quarantine before, loaded now",
}


def changes(found: Changes) -> None:
    """Counts by table, then every row by name; many of a kind are cut, but never what was withdrawn."""
    if not found:
        line("Nothing changed.")
        return
    if found.rows:
        shown(_counts(found))
    for kind in KINDS:
        for table in found.counts():
            _rows(f"{LABELS[kind]}: {table}", kind, found.of(table, kind))
    for label, names in (("Settings", found.settings), ("Models", found.models), ("Other files", found.files)):
        if names:
            line(f"{label} changed: {', '.join(names)}.")
    if found.making:
        line(f"Made with something else: {', '.join(found.making)}. Both are read and scored anew by this engine.")


def _counts(found: Changes) -> Table:
    table = Table(title="Rows that changed")
    kinds = [kind for kind in KINDS if any(row.change == kind for row in found.rows)]
    for name in ("Table", *(kind.capitalize() for kind in kinds)):
        table.add_column(name, justify="left" if name == "Table" else "right")
    for name, counts in found.counts().items():
        table.add_row(name, *(str(counts[kind] or "") for kind in kinds))
    return table


def _rows(label: str, kind: str, rows: Sequence[RowChange]) -> None:
    named = rows if kind == "withdrawn" else rows[:SEEN]
    for row in named:
        place = f"{row.file} row {row.row}" if row.file else "computed"
        line(f"{label} {row.id or 'without a key'} ({place}){_told(row)}.")
    if len(rows) > len(named):
        line(f"{label}: {len(rows) - len(named)} more; --json has all.")


def _told(row: RowChange) -> str:
    """What is to be said of one row: columns, the record that it replaces, why it is held."""
    columns = f": {', '.join(row.columns)}" if row.columns else ""
    alike = ": it stands another number of times" if row.change == "changed" and not row.columns else ""
    replaces = f", replaces {row.replaces}" if row.replaces else ""
    more = f" and {len(row.reasons) - REASONS} more" if len(row.reasons) > REASONS else ""
    held = f"; in quarantine: {', '.join(row.reasons[:REASONS])}{more}" if row.reasons else ""
    return columns + alike + replaces + held
