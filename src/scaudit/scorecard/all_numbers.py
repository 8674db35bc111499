"""What the numbers say in the overview: every indicator, what sources disagree about, and units that stand out."""

from collections.abc import Iterator

from scaudit.figures import Disagreement, Measured
from scaudit.results import Results
from scaudit.scorecard.funnels import funnel, outlier_list
from scaudit.scorecard.gist import message
from scaudit.scorecard.held_back import figures as figures_of
from scaudit.scorecard.numbers import how_many, is_computed, needs
from scaudit.scorecard.numerals import number, period
from scaudit.scorecard.panels import AllNumbers, Differing, NumberLine, Standing
from scaudit.scorecard.wording import count, sentence


def all_numbers(results: Results) -> AllNumbers | None:
    """The part of the overview; None where a project measures nothing and no sources disagree."""
    if not results.measured and not results.disagreements:
        return None
    return AllNumbers(
        said=_said(results),
        lines=tuple(_line(results, row) for row in _ordered(results)),
        differing=differing(results),
        standing=tuple(
            _standing(results, row) for row in _ordered(results) if results.outliers_of[row["indicator_id"]]
        ),
    )


def differing(results: Results) -> tuple[Differing, ...]:
    """What sources, or releases of one source, tell otherwise: all values, none of them ours."""
    rows = sorted(
        results.disagreements,
        key=lambda row: (row["family"], row["geography"], row["period_to"], row["period_from"], row["values"]),
    )
    return tuple(
        Differing(
            what=", ".join(part for part in (row["family"].replace("_", " "), row["geography"]) if part),
            when=period(row["period_from"], row["period_to"]),
            values=tuple(_values(row)),
        )
        for row in rows
    )


def _ordered(results: Results) -> list[Measured]:
    return sorted(results.measured, key=lambda row: row["indicator_id"])


def _said(results: Results) -> str:
    parts = [how_many(results, results.measured)] if results.measured else []
    if results.disagreements:
        parts.append(f"sources disagree on {count(len(results.disagreements), 'value')}")
    if results.outliers:
        among = {row["indicator_id"] for row in results.outliers}
        units = count(len(results.outliers), "unit")
        parts.append(f"{units} outside what chance gives, in {count(len(among), 'indicator')}")
    return sentence("; ".join(parts))


def _line(results: Results, measured: Measured) -> NumberLine:
    return NumberLine(
        title=measured["title"],
        synthetic=measured["synthetic"],
        latest=_latest(results, measured),
        bears=", ".join(_items(results, measured)),
    )


def _latest(results: Results, measured: Measured) -> str:
    if not is_computed(results, measured):
        return f"Not computed: needs {needs(measured)}."
    return message(measured, figures_of(results, measured["indicator_id"]))


def _items(results: Results, measured: Measured) -> list[str]:
    """The items on which an indicator bears."""
    known = {row["criterion_id"]: row["item_id"] for row in results.criteria}
    return sorted({known[key] for key in measured["bears_on"] if key in known})


def _values(row: Disagreement) -> Iterator[str]:
    for value, bound, series, source in zip(
        row["values"], row["bounds"], row["series"], row["source_ids"], strict=True
    ):
        words = "" if bound == "exact" else f"{bound.replace('_', ' ')} "
        yield f"{words}{number(value)} ({series.replace('_', ' ')}, {source})"


def _standing(results: Results, measured: Measured) -> Standing:
    outliers = results.outliers_of[measured["indicator_id"]]
    return Standing(
        title=measured["title"],
        synthetic=measured["synthetic"],
        funnel=funnel(measured, figures_of(results, measured["indicator_id"]), outliers),
        units=outlier_list(outliers),
    )
