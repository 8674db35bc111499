"""Indicators in the terminal, as JSON and as CSV."""

import csv
import io
import json
from datetime import date

import pytest

from numbers_factory import event, measured, measured_results, month, share, tables
from scaudit.errors import UsageError
from scaudit.showing_numbers import MOST, show_indicators
from scaudit.spreadsheet import csv_text
from scaudit.tabulating import COLUMNS, chosen, indicators_csv, indicators_json
from scorecard_factory import some_results

RESULTS = measured_results()


@pytest.fixture
def shown(capsys, monkeypatch):
    """What the terminal shows, lines joined where it wraps."""
    monkeypatch.setenv("COLUMNS", "220")

    def show(*ids, results=RESULTS, **options):
        show_indicators(results, ids, **options)
        return capsys.readouterr().out

    return show


def row_of(out: str, name: str) -> str:
    """The line of a table that begins with a name."""
    (found,) = [line for line in out.splitlines() if line.startswith(f"\u2502 {name}")]
    return found


def test_the_list_has_every_indicator_with_its_last_value_or_what_it_needs(shown):
    """With interval and N."""
    out = shown()
    assert "December 2018: 18.0 percent (95 percent interval 15.2 to 20.8; N 735)." in row_of(out, "warm")
    assert "not computed: needs records.school_nurses" in row_of(out, "ill")
    assert "Fiscal year 2016: more than 12,100 loads (as published)." in row_of(out, "loads")
    assert "10,400 (loads sent, YEARBOOK); about 10,100 (loads dispatched, DIRECTIVE)" in out


def test_one_indicator_has_its_figures_with_bars_events_splits_and_definitions(shown):
    """All that was computed."""
    out = shown("turned", "warm")
    assert "Counts: One load that was followed from depot to school" in out
    row = row_of(out, "fiscal year 2013 \u2502 over-8")
    assert "820" in row
    assert row.count("#") == round(820 / 1100 * 20)
    assert "over-5 (not in force)" in row_of(out, "fiscal year 2013 \u2502 over-5")
    assert (
        "-20 loads from fiscal year 2013 (over-8) to fiscal year 2018 (over-5), +220 are other records and -240" in out
    )
    assert "none of 60 other days gives as large a difference" in out
    assert "warm load, over-5 (from 1 October 2015; DIRECTIVE): A load is warm at more than 5" in out


def test_units_that_stand_out_are_named(shown):
    """With their N and the limits."""
    assert "Stands out: Depot 06 (invented): 42.0 percent of N 210, where chance keeps 16.5 to 35.2" in shown("depots")


def test_what_was_not_computed_says_what_it_needs(shown):
    """And shows no table."""
    out = shown("ill")
    assert "Not computed: needs records.school_nurses." in out
    assert "figures" not in out


def test_what_is_held_back_has_no_number(shown):
    """Neither a bar."""
    row = row_of(shown("depots"), "Depot 18")
    assert "fewer than 11 or a complement, not shown" in row
    assert "#" not in row


def test_one_group_or_one_version_may_be_asked_for(shown):
    """By name, or all groups by what they are called."""
    out = shown("depots", by="Depot 06 (invented)")
    assert "42.0" in out
    assert "Depot 07" not in out
    assert "18 figures" in shown("depots", by="depot")
    out = shown("turned", definition="over-5")
    assert "over-8 " not in out.split("Of the change")[0]
    assert "6 figures" in out


def test_without_an_id_those_that_have_it_are_shown(shown):
    """Others are left out; only where none has it is that a mistake."""
    out = shown(definition="over-5")
    assert "turned: Loads turned back" in out
    assert "warm: Share" not in out
    with pytest.raises(UsageError, match="has no version 'over-9'"):
        shown(definition="over-9")


@pytest.mark.parametrize(
    ("ids", "options", "message"),
    [
        (["warn"], {}, r"There is no indicator 'warn'; did you mean warm"),
        (["warm"], {"by": "Harbour"}, "warm has no group 'Harbour'; it has no groups"),
        (["depots"], {"by": "Harbour"}, "it has groups by depot: Depot 01"),
        (["warm"], {"definition": "x"}, "warm has no version 'x'; it is counted by no definition"),
        (["turned"], {"definition": "x"}, "it is counted by over-5, over-8"),
    ],
)
def test_a_name_that_nothing_has_is_refused_and_what_comes_near_is_named(ids, options, message):
    """In one sentence, in every form."""
    for function in (show_indicators, indicators_json, indicators_csv):
        with pytest.raises(UsageError, match=message):
            function(RESULTS, ids, **options)


def test_a_project_without_indicators_says_so(shown):
    """And an id is refused."""
    assert "The project declares no indicator." in shown(results=some_results())
    with pytest.raises(UsageError, match="the project declares none"):
        chosen(some_results(), ["warm"])


def test_very_many_figures_are_cut_to_the_latest(shown):
    """CSV and JSON have all."""
    out = shown("warm")
    assert f"{71 - MOST} earlier figures; --csv and --json have all." in out
    assert "December 2018" in out
    assert "January 2013 " not in out


def test_a_synthetic_run_and_its_indicator_are_marked(shown):
    """In the terminal and in JSON and CSV."""
    invented = measured_results(
        measured=[{**row, "synthetic": row["indicator_id"] == "warm"} for row in tables()["measured"]]
    )
    out = shown(results=invented)
    assert "SYNTHETIC: invented records stand behind some of these numbers." in out
    assert "SYNTHETIC: Share of loads" in row_of(out, "warm")
    assert "SYNTHETIC" not in row_of(out, "turned")
    assert "SYNTHETIC" not in shown()
    assert (indicators_json(invented)["synthetic"], indicators_json(RESULTS)["synthetic"]) == (True, False)
    marks = {row["indicator_id"]: row["synthetic"] for row in csv.DictReader(io.StringIO(indicators_csv(invented)))}
    assert marks == {"warm": "true", "depots": "false", "turned": "false", "loads": "false"}


# --- JSON ---------------------------------------------------------------------------------------------------------


def test_json_has_its_fixed_shape():
    """Other programs read it."""
    found = indicators_json(RESULTS)
    assert list(found) == [
        "schema", "as_of", "known_on", "ruleset", "data_digest", "synthetic", "indicators", "versions", "disagreements",
    ]  # fmt: skip
    assert found["schema"] == "scaudit/indicators/1"
    assert [row["indicator_id"] for row in found["indicators"]] == ["depots", "ill", "loads", "turned", "warm"]
    assert list(found["indicators"][4])[-4:] == ["figures", "events", "splits", "outliers"]
    assert [len(found["indicators"][0][name]) for name in ("figures", "events", "splits", "outliers")] == [19, 0, 0, 3]
    assert len(found["disagreements"]) == 1
    json.dumps(found, default=str, allow_nan=False)


def test_json_of_one_indicator_has_only_its_own():
    """And no disagreements."""
    found = indicators_json(RESULTS, ["turned"], definition="over-8")
    assert [len(row["figures"]) for row in found["indicators"]] == [6]
    assert [row["version"] for row in found["versions"]] == ["over-8", "over-5"]
    assert found["disagreements"] == []


def test_what_is_no_number_is_null_in_json():
    """As in a card."""
    found = indicators_json(measured_results(events=[event("warm", detectable=float("inf"))]), ["warm"])
    assert found["indicators"][0]["events"][0]["detectable"] is None


def test_the_order_of_rows_changes_neither_json_nor_csv():
    """The same results, the same bytes."""
    names = ("measured", "figures", "events", "splits", "versions", "outliers", "disagreements")
    turned = measured_results(**{name: tuple(reversed(rows)) for name, rows in tables().items() if name in names})
    assert indicators_csv(turned) == indicators_csv(RESULTS)
    assert json.dumps(indicators_json(turned), default=str) == json.dumps(indicators_json(RESULTS), default=str)


# --- CSV ----------------------------------------------------------------------------------------------------------


def test_csv_has_every_figure_with_its_n_its_bound_and_its_source():
    """As numbers; a share from 0 to 1."""
    rows = list(csv.DictReader(io.StringIO(indicators_csv(RESULTS))))
    assert len(rows) == len(RESULTS.figures)
    assert tuple(rows[0]) == COLUMNS
    (row,) = [row for row in rows if row["indicator_id"] == "warm" and row["period_from"] == "2018-12-01"]
    assert (row["value"], row["n"], row["kind"], row["version"]) == ("0.18", "735", "share", "")
    assert row["source_ids"] == "FOLLOWUP"
    bounds = {row["bound"] for row in rows if row["indicator_id"] == "loads"}
    assert bounds == {"exact", "about", "more_than"}
    assert {row["source_ids"] for row in rows if row["indicator_id"] == "loads"} == {"YEARBOOK", "DIRECTIVE"}


def test_csv_gives_away_nothing_that_is_held_back():
    """Even where its row has a number by mistake."""
    secret = {**share("warm", month(0), 0.5, 6), "suppressed": True}
    text = indicators_csv(measured_results(figures=[secret]))
    (row,) = csv.DictReader(io.StringIO(text))
    assert {row[name] for name in ("numerator", "denominator", "value", "low", "high", "n")} == {""}
    assert row["suppressed"] == "true"


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_and_a_number_below_nought_is_not():
    """A number runs nothing."""
    one = measured("warm", title='=HYPERLINK("x")', kind="average")
    rows = [{**share("warm", month(0), 0.5, 100), "value": -2.5, "grp": "-Harbour"}]
    (row,) = csv.DictReader(io.StringIO(indicators_csv(measured_results(measured=[one], figures=rows))))
    assert (row["title"], row["grp"], row["value"]) == ('\'=HYPERLINK("x")', "'-Harbour", "-2.5")
    assert csv_text(("a",), [[-1], ["-1"], [date(2012, 1, 1)]]) == "a\n-1\n'-1\n2012-01-01\n"
