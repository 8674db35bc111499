"""Synthetic: whether invented records stand behind any number of a run; every page and every file then says so."""

from scaudit.results import Results

MARK = "SYNTHETIC"
"""The word that stands in the running head, in the title and beside every indicator that invented records feed."""


def is_synthetic(results: Results) -> bool:
    """Whether the run says so itself, or one of its indicators reads an invented file."""
    return bool(results.run.get("synthetic")) or any(row["synthetic"] for row in results.measured)


def marked(results: Results, title: str) -> str:
    """A title, with the mark before it where the run is synthetic."""
    return f"{MARK}: {title}" if is_synthetic(results) else title
