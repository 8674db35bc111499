"""Who sees what: an item's asks and claims by the records of each viewpoint alone."""

from collections import defaultdict
from collections.abc import Sequence

from scaudit.results import Results
from scaudit.rows import Criterion, Seen, Viewpoint
from scaudit.scorecard.scrutiny import Grid, Viewpoints
from scaudit.scorecard.wording import inner, short, word

_COLUMNS = 8  # viewpoints that one table can bear on the width of a page
_SILENT = "\u2013"


def viewpoints(results: Results, item_id: str) -> Viewpoints:
    """An item as each viewpoint sees it; one that has no counted record on it is named and gets no column."""
    asks, claims = results.asks(item_id), results.item_claims(item_id)
    spoken = {row["viewpoint_id"] for criterion in (*asks, *claims) for row in heard(results, criterion)}
    on_asks = {row["viewpoint_id"] for ask in asks for row in heard(results, ask)}
    columns = [row for row in ordered(results) if row["viewpoint_id"] in on_asks]
    return Viewpoints(
        grids=tuple(_grid(results, asks, part) for part in chunks(columns)),
        claims=_claims(results, claims),
        silent=tuple(row["label"] for row in ordered(results) if row["viewpoint_id"] not in spoken),
        stale=any(row["stale"] for ask in asks for row in heard(results, ask)),
    )


def ordered(results: Results) -> list[Viewpoint]:
    """The viewpoints by sorts of bodies, then those by documents, each by name."""
    return sorted(results.viewpoints, key=lambda row: (row["documents"], row["label"], row["viewpoint_id"]))


def chunks(rows: Sequence[Viewpoint]) -> list[Sequence[Viewpoint]]:
    """Viewpoints by sorts of bodies and by documents apart where they are more than a table can bear."""
    if len(rows) <= _COLUMNS:
        return [rows] if rows else []
    parts = [[row for row in rows if row["documents"] == documents] for documents in (False, True)]
    return [part[start : start + _COLUMNS] for part in parts for start in range(0, len(part), _COLUMNS)]


def heard(results: Results, criterion: Criterion) -> list[Seen]:
    """A criterion in the viewpoints that have a counted record on it."""
    return [row for row in results.seen_of[criterion["criterion_id"]] if row["records"]]


def _grid(results: Results, asks: Sequence[Criterion], columns: Sequence[Viewpoint]) -> Grid:
    return Grid(
        heads=tuple(column["label"] for column in columns),
        rows=tuple((short(ask["criterion_id"]), _row(results, ask, columns)) for ask in asks),
    )


def _row(results: Results, ask: Criterion, columns: Sequence[Viewpoint]) -> tuple[str, ...]:
    """The rung by all records, then that of each viewpoint."""
    found = {row["viewpoint_id"]: _rung(row["rung"], stale=row["stale"]) for row in heard(results, ask)}
    whole = results.rung(ask["criterion_id"], "verified")
    return (
        _rung(whole["rung"], stale=whole["stale"]),
        *(found.get(column["viewpoint_id"], _SILENT) for column in columns),
    )


def _rung(rung: int | None, *, stale: bool) -> str:
    return f"{rung}{'*' if stale else ''}"


def _claims(results: Results, claims: Sequence[Criterion]) -> tuple[str, ...]:
    """`V.claim-1, V.claim-2: supported (Press); alleged (Congress)`; claims of the same standings share a line."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if standings := _standings(results, claim):
            found[standings].append(short(claim["criterion_id"]))
    return tuple(f"{', '.join(names)}: {standings}" for standings, names in found.items())


def _standings(results: Results, claim: Criterion) -> str:
    """How far a claim is borne out by the records of each viewpoint that has any."""
    standing = {row["viewpoint_id"]: row["standing"] for row in heard(results, claim)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for viewpoint in ordered(results):
        if viewpoint["viewpoint_id"] in standing:
            words = word(results.words, "claims", standing[viewpoint["viewpoint_id"]] or "unexamined")
            found[inner(words)].append(viewpoint["label"])
    return "; ".join(f"{words} ({', '.join(labels)})" for words, labels in found.items())
