"""CSV that a person may open in a spreadsheet: no cell runs, nothing else is changed."""

import csv
import io

import pytest

from scaudit.spreadsheet import csv_text, safe


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|x", " =1", "\u00a0\n+1", "\u200b@x", "\uff1d1", "\ufe631"],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    """The cell is read as the text that it is."""
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "To the Bureau: x", "a=b", "1-2", "'=1", " 1=1", "\u2212", "1.5"])
def test_every_other_cell_stays_as_it_is(cell):
    """Only the first sign counts that can be seen."""
    assert safe(cell) == cell


def test_cells_are_guarded_quoted_and_end_in_one_line_feed():
    """Commas, quotes and line breaks come back as they went in."""
    rows = [['say "so", then', "two\nlines"], ["=1+1", 7]]
    text = csv_text(("a", "b"), rows)
    assert text.startswith('a,b\n"say ""so"", then",')
    assert text.endswith("'=1+1,7\n")
    assert "\r" not in text
    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], rows[0], ["'=1+1", "7"]]
