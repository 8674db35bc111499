"""Held back: figures as they may be shown. One that is suppressed has no number, whatever its row says."""

from scaudit.figures import Figure
from scaudit.results import Results


def figures(results: Results, indicator_id: str) -> list[Figure]:
    """The figures of an indicator, those held back without numbers: nothing that is printed or drawn can tell them."""
    return [_blank(row) if row["suppressed"] else row for row in results.figures_of[indicator_id]]


def _blank(row: Figure) -> Figure:
    return {**row, "numerator": None, "denominator": None, "value": None, "low": None, "high": None, "n": None}
