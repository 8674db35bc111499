"""What the numbers say of an item: the indicators that bear on its criteria and claims."""

from collections.abc import Sequence
from datetime import date

from scaudit.figures import Measured, Version
from scaudit.results import Results
from scaudit.scorecard.gist import in_short, telling
from scaudit.scorecard.numerals import WHY_NOT_SHOWN
from scaudit.scorecard.panel import bears, panel
from scaudit.scorecard.panels import Defined, Lacking, Numbers
from scaudit.scorecard.wording import count, printed_day, reference, sentence

_SAID = 2  # indicators that the body of a card names at most
_ROOM = 360  # letters of three lines: the second indicator is named where both fit
_NO_ROWS = "figures of a time that had ended; there are none"
_CASES, _CUBE = "files of single cases", "cube."


def numbers(results: Results, item_id: str) -> Numbers | None:
    """The part of an item's card; None where no indicator bears on the item."""
    criteria = item_criteria(results, item_id)
    found = bearing(results, item_id)
    if not found:
        return None
    computed = sorted(
        (row for row in found if is_computed(results, row)),
        key=lambda row: telling(results, row, len(bears(row, criteria))),
    )
    lacking = [row for row in found if not is_computed(results, row)]
    return Numbers(
        said=_said(results, computed, lacking),
        panels=tuple(panel(results, row, criteria) for row in computed),
        lacking=tuple(Lacking(row["title"], bears(row, criteria), needs(row)) for row in lacking),
        definitions=definitions(results, computed),
        sources=_sources(results, computed),
        hidden=WHY_NOT_SHOWN if any(_has_hidden(results, row) for row in computed) else "",
    )


def bearing(results: Results, item_id: str) -> list[Measured]:
    """The indicators that bear on a criterion or claim of an item, by id."""
    criteria = item_criteria(results, item_id)
    found = (row for row in results.measured if any(key in row["bears_on"] for key in criteria))
    return sorted(found, key=lambda row: row["indicator_id"])


def item_criteria(results: Results, item_id: str) -> list[str]:
    """The asks of an item, then its claims, by id."""
    return [row["criterion_id"] for row in (*results.asks(item_id), *results.item_claims(item_id))]


def is_computed(results: Results, measured: Measured) -> bool:
    """Whether an indicator has what it needs, and gave a figure."""
    return not measured["missing"] and bool(results.figures_of[measured["indicator_id"]])


def needs(measured: Measured) -> str:
    """What an indicator that was not computed needs."""
    return f"{_CASES} ({measured['missing']})" if _CUBE in measured["missing"] else measured["missing"] or _NO_ROWS


def how_many(results: Results, found: Sequence[Measured]) -> str:
    """How many indicators have figures, and whether all of these are others'."""
    having = [row for row in found if is_computed(results, row)]
    figures = [figure for row in having for figure in results.figures_of[row["indicator_id"]]]
    published = ", all as others published them" if figures and all(row["n"] is None for row in figures) else ""
    of = "" if len(having) == len(found) else f"{len(having)} of "
    return f"{of}{count(len(found), 'indicator')} with figures{published}"


def versions_of(results: Results, found: Sequence[Measured]) -> list[Version]:
    """The versions of the terms by which indicators count, each once, by term and day."""
    terms = {row["term"] for row in found if row["term"]}
    rows = sorted(
        (row for row in results.versions if row["term"] in terms),
        key=lambda row: (row["term"], row["valid_from"] or date.min, row["version"], row["source_id"], row["rule"]),
    )
    return list({(row["term"], row["version"]): row for row in reversed(rows)}.values())[::-1]


def definitions(results: Results, found: Sequence[Measured]) -> tuple[Defined, ...]:
    """The versions of the definitions in words."""
    return tuple(
        Defined(
            term=row["term"].replace("_", " "),
            version=row["version"],
            valid=_valid(row),
            rule=sentence(row["rule"]),
            source=row["source_id"],
        )
        for row in versions_of(results, found)
    )


def _valid(row: Version) -> str:
    first, last = printed_day(row["valid_from"]), printed_day(row["valid_to"])
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "no days given"


def _said(results: Results, computed: Sequence[Measured], lacking: Sequence[Measured]) -> tuple[str, ...]:
    """How many indicators there are, and the one or two that tell most."""
    said = [f"{how_many(results, [*computed, *lacking])}.", *(in_short(results, row) for row in computed[:1])]
    for row in computed[1:_SAID]:
        told = in_short(results, row)
        said += [told] if sum(map(len, said)) + len(told) <= _ROOM else []
    return tuple(said)


def _sources(results: Results, computed: Sequence[Measured]) -> tuple[tuple[str, str], ...]:
    """The sources that captions and tables name by id, with title, publisher and day."""
    keys = {key for row in computed for key in row["source_ids"]}
    keys |= {
        key for row in computed for figure in results.figures_of[row["indicator_id"]] for key in figure["source_ids"]
    }
    return tuple((key, _titled(results, key)) for key in sorted(keys))


def _titled(results: Results, source_id: str) -> str:
    found = reference(results, source_id, None)
    return ", ".join(part for part in (found.title, found.publisher, found.published) if part)


def _has_hidden(results: Results, measured: Measured) -> bool:
    return any(row["suppressed"] for row in results.figures_of[measured["indicator_id"]])
