"""Measuring: what an indicator declares, gives, hides and lacks; events, versions and units that stand out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from numbers_project import CUBE, bare_project, declare, figures, header, measured, share_header, values, weighed
from scaudit.errors import ProjectError
from scaudit.indicators import Threshold, declarations, indicators
from scaudit.measuring import COLUMNS
from scaudit.project import find_project
from scaudit.statistics.intervals import wilson
from scaudit.warehouse import connect

COUNTED = {"needs": ["cube.visits"]}
Con = duckdb.DuckDBPyConnection
VERSIONS = """
insert into clean.definitions values
    ('warm', 'old', null, date '2020-06-30'), ('warm', 'new', date '2020-07-01', null);
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return bare_project(tmp_path / "project")


def refused(function, *args) -> str:
    with pytest.raises(ProjectError) as caught:
        function(*args)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_query_sees_no_variable_of_this_program() -> None:
    """A name that is no table's is an error, even where a variable in reach holds rows."""
    rows = pa.table({"number": [1]})
    with connect() as con:
        with pytest.raises(duckdb.CatalogException, match="rows"):
            con.execute("select number from rows")
        con.register("given", rows)
        assert con.execute("select number from given").fetchall() == [(1,)]


# --- what is declared -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("select 1", "is no indicator; it begins with a header"),
        ("/*\ntitle = \n*/\nselect 1", "the header is not valid TOML"),
        (f"/*\n{header(colour='red')}\n*/\nselect 1", "colour: Extra inputs are not permitted."),
        (f"/*\n{header(kind='rate')}\n*/\nselect 1", "kind: Input should be 'share'"),
        (f"/*\n{share_header(numerator='')}\n*/\nselect 1", "a share says what its numerator and its denominator are."),
        (f"/*\n{header(unit='')}\n*/\nselect 1", "unit: String should have at least 1 character."),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_in_a_sentence(root: Path, text: str, told: str) -> None:
    """With the file, so that it can be mended."""
    (root / "inputs" / "indicators" / "visits.sql").write_text(text)
    words = refused(indicators, find_project(root))
    assert told in words
    assert "visits.sql" in words


def test_the_name_of_a_file_is_an_id(root: Path) -> None:
    declare(root, "Two Words", header(), "select 1")
    assert "its name has small letters" in refused(indicators, find_project(root))


def test_a_bound_that_is_no_comparison_is_refused(root: Path) -> None:
    """Before anything is computed."""
    bad = {"criterion": "C", "origin": "O", "source": "S", "supports": "about 3"}
    declare(root, "visits", header(evidence=[bad]), "select 1")
    assert "evidence.0.supports" in refused(indicators, find_project(root))


@pytest.mark.parametrize(
    ("value", "stance"),
    [(0.95, "supports"), (0.9, "supports"), (0.7, "partly"), (0.2, "contradicts"), (0.45, "context")],
)
def test_the_first_bound_that_holds_gives_the_stance(value: float, stance: str) -> None:
    """In the order supports, partly, contradicts; none of them: context."""
    bounds = {"supports": ">= 0.9", "partly": ">0.5", "contradicts": "< 0.4"}
    assert Threshold(criterion="C", origin="O", source="S", **bounds).stance(value) == stance


@pytest.mark.parametrize("sql", ["select nothing from nowhere", "selekt 1"])
def test_a_query_that_fails_names_its_file(con: Con, root: Path, sql: str) -> None:
    declare(root, "visits", header(), sql)
    assert refused(measured, con, root).startswith("inputs/indicators/visits.sql cannot be computed: ")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_that_is_not_given_is_named(con: Con, root: Path, column: str) -> None:
    sql = values([(0, "", None, None, None, 5, None)])
    declare(root, "visits", header(), sql.replace("select *", f"select * exclude ({column})"))
    assert refused(measured, con, root).startswith(f"inputs/indicators/visits.sql gives no column {column}; ")


def test_a_value_of_another_kind_is_refused(con: Con, root: Path) -> None:
    declare(root, "visits", header(), values([(0, "", None, None, None, "many", None)]))
    assert refused(measured, con, root).startswith("inputs/indicators/visits.sql: value is no double: ")


def test_the_declarations_are_inputs_with_digests(root: Path) -> None:
    """So that the data digest of a run is another when one of them is."""
    path = declare(root, "visits", header(), "select 1")
    before = declarations(find_project(root))
    path.write_text(path.read_text() + "-- anew\n")
    after = declarations(find_project(root))
    assert [one.file for one in before] == ["inputs/indicators/cubes/visits.sql", "inputs/indicators/visits.sql"]
    assert [a.sha256 == b.sha256 for a, b in zip(before, after, strict=True)] == [True, False]


# --- figures ----------------------------------------------------------------------------------------------------


def test_a_share_has_its_interval_and_a_count_has_none(con: Con, root: Path) -> None:
    declare(root, "clean", share_header(), values([(0, "", None, 30, 100, None, 100)]))
    declare(root, "visits", header(), values([(1, "", None, 100, None, None, 100)]))
    measured(con, root)
    share, count = figures(con, "value", "low", "high", "n")
    assert share == (0.3, *(pytest.approx(float(limit)) for limit in wilson(30, 100)), 100)
    assert 0.2 < share[1] < 0.3 < share[2] < 0.4
    assert count == (100, None, None, 100)


@pytest.mark.parametrize("numerator", [1200, -1])
@pytest.mark.parametrize("needs", ["cube.visits", "statistics"])
def test_a_share_of_more_than_all_is_refused(con: Con, root: Path, numerator: int, needs: str) -> None:
    declare(root, "clean", share_header(needs=[needs]), values([(0, "", None, numerator, 1000, None, 1000)]))
    assert refused(measured, con, root).startswith("inputs/indicators/clean.sql gives a share of more than all")


def test_a_share_of_nothing_has_no_value(con: Con, root: Path) -> None:
    declare(root, "clean", share_header(), values([(0, "", None, 0, 0, None, 0)]))
    measured(con, root)
    assert figures(con, "value", "low", "high", "suppressed") == [(None, None, None, False)]


def test_a_published_figure_keeps_its_range_bound_and_sources(con: Con, root: Path) -> None:
    """Whatever its source says; where a query says nothing of it, the figure is exact and has no source of its own."""
    sql = values([(0, "", None, None, None, 7, None, 5, 9, "at_most")], ", low, high, bound")
    declare(root, "ranged", header(kind="amount"), f"select *, ['REPORT'] as source_ids from ({sql})")
    declare(root, "visits", header(kind="amount"), values([(1, "", None, None, None, 7, None)]))
    measured(con, root)
    assert figures(con, "value", "low", "high", "bound", "source_ids") == [
        (7, 5, 9, "at_most", ["REPORT"]),
        (7, None, None, "exact", []),
    ]


def test_a_version_is_in_force_by_its_dates(con: Con, root: Path) -> None:
    """An open end is no end; a figure of no version is in force."""
    rows = [(number, "", version, None, None, 1, None) for number in (0, 6) for version in ("new", "old")]
    declare(root, "warm", header(term="warm"), values([*rows, (7, "", None, None, None, 1, None)]))
    measured(con, root, more=VERSIONS)
    assert figures(con, "version", "period_from::varchar", "in_force") == [
        ("new", "2020-01-01", False),
        ("old", "2020-01-01", True),
        ("new", "2020-07-01", True),
        ("old", "2020-07-01", False),
        (None, "2020-08-01", True),
    ]


# --- suppression ------------------------------------------------------------------------------------------------


def shown(con: Con) -> dict[str, bool]:
    """Which groups have numbers; none has some of them only."""
    rows = figures(con, "grp", "suppressed", "value", "numerator", "n")
    assert all(hidden == all(cell is None for cell in cells) for _, hidden, *cells in rows)
    return {grp: not hidden for grp, hidden, *_ in rows}


def test_a_handful_and_what_would_give_it_away_are_not_shown(con: Con, root: Path) -> None:
    """Beside the total, five could be worked out were they hidden alone; none at all names nobody."""
    groups = {"A": 5, "B": 60, "C": 300, "D": 0}
    rows = [(0, name, None, k, None, None, k) for name, k in groups.items()]
    declare(root, "visits", header(by="kitchen", **COUNTED), values(rows))
    measured(con, root)
    assert shown(con) == {"A": False, "B": False, "C": True, "D": True}


def test_every_period_is_judged_by_itself(con: Con, root: Path) -> None:
    rows = [(number, name, None, k, None, None, k) for number, k in ((0, 5), (1, 50)) for name in ("A", "B")]
    declare(root, "visits", header(by="kitchen", **COUNTED), values(rows))
    measured(con, root)
    assert [row[0] for row in figures(con, "suppressed")] == [True, True, False, False]


@pytest.mark.parametrize(("k", "n", "hidden"), [(5, 100, True), (95, 100, True), (50, 100, False), (5, 8, True)])
def test_a_share_is_hidden_where_it_or_its_complement_is_a_handful(
    con: Con, root: Path, k: int, n: int, hidden: bool
) -> None:
    declare(root, "clean", share_header(**COUNTED), values([(0, "", None, k, n, None, n)]))
    measured(con, root)
    assert figures(con, "suppressed", "value is null", "low is null") == [(hidden, hidden, hidden)]


def test_the_share_of_another_group_is_hidden_with_a_small_one(con: Con, root: Path) -> None:
    rows = [(0, name, None, k, n, None, n) for name, k, n in (("A", 5, 100), ("B", 40, 100), ("C", 400, 900))]
    declare(root, "clean", share_header(by="kitchen", **COUNTED), values(rows))
    measured(con, root)
    assert shown(con) == {"A": False, "B": False, "C": True}


def test_a_count_that_is_given_as_a_value_is_hidden_too(con: Con, root: Path) -> None:
    """A query may leave the numerator out: five people are five people."""
    declare(root, "visits", header(**COUNTED), values([(0, "", None, None, None, 5, 5)]))
    measured(con, root)
    assert figures(con, "suppressed", "value") == [(True, None)]


@pytest.mark.parametrize("kind", ["average", "amount", "days"])
def test_a_mean_or_an_amount_over_a_handful_is_hidden(con: Con, root: Path, kind: str) -> None:
    """Ten people's days are ten people's, also where they come to hundreds; over nobody nothing is hidden."""
    rows = [(0, "", None, 300, 10, None, 10), (1, "", None, 330, 11, None, 11), (2, "", None, 0, 0, 0, 0)]
    declare(root, "wait", header(kind=kind, unit="days", **COUNTED), values(rows))
    measured(con, root)
    assert figures(con, "suppressed", "value", "numerator", "n") == [
        (True, None, None, None),
        (False, 30, 330, 11),
        (False, 0, 0, 0),
    ]


def test_a_figure_from_records_that_does_not_say_how_many_is_refused(con: Con, root: Path) -> None:
    """Nobody could tell whether it is that of a handful."""
    declare(root, "wait", header(kind="average", **COUNTED), values([(0, "", None, None, None, 7, None)]))
    told = "inputs/indicators/wait.sql gives a figure from records without n, the number of records it rests on; give that too."
    assert refused(measured, con, root) == told


def test_published_figures_are_shown_however_small(con: Con, root: Path) -> None:
    declare(
        root, "visits", header(), values([(0, "A", None, 5, None, None, None), (0, "B", None, 2, None, None, None)])
    )
    measured(con, root)
    assert shown_values(con) == [5, 2]


def shown_values(con: Con) -> list[float]:
    return [row[0] for row in figures(con, "value")]


# --- what is missing --------------------------------------------------------------------------------------------


def test_what_an_indicator_needs_and_does_not_find_is_said(con: Con, root: Path) -> None:
    """Its query is not run; the others are computed."""
    declare(root, "visits", header(needs=["cube.visits", "cube.other", "statistics"]), "select 1")
    declare(root, "published", header(), values([(0, "", None, None, None, 7, None)]))
    measured(con, root, records=False)
    found = con.sql("select indicator_id, missing from result.measured order by all").fetchall()
    assert found == [("published", ""), ("visits", "cube.visits, cube.other")]
    assert shown_values(con) == [7]


def test_statistics_that_are_not_there_are_missing_too(con: Con, root: Path) -> None:
    declare(root, "published", header(), "select 1")
    measured(con, root, more="delete from clean.statistics;")
    assert con.sql("select missing from result.measured").fetchall() == [("statistics",)]


def test_a_cube_that_fails_names_its_file(con: Con, root: Path) -> None:
    (root / "inputs" / "indicators" / "cubes" / "visits.sql").write_text(
        '/*\nsource = "records.visits"\ncounts = "Visits."\n*/\nselect nothing from records.visits'
    )
    declare(root, "visits", header(**COUNTED), "select 1")
    assert refused(measured, con, root).startswith("inputs/indicators/cubes/visits.sql cannot be computed: ")


YEARS = """/*
source = "{source}"
counts = "Visits by year."
*/
select year(month) as year, sum(visits) as visits from cube.visits group by all
"""


def yearly(root: Path, source: str) -> None:
    """A cube of years, read by an indicator that comes before everything else."""
    (root / "inputs" / "indicators" / "cubes" / "a_years.sql").write_text(YEARS.format(source=source))
    declare(root, "a_years", header(needs=["cube.a_years"]), "select * from cube.a_years")


def test_a_cube_may_add_up_another_which_is_counted_first(con: Con, root: Path) -> None:
    """Though nothing else needs that one, and the name of the first comes before it."""
    yearly(root, "cube.visits")
    sql = "from (select make_date(year, 1, 1) as day, visits from cube.a_years)"
    columns = (
        "day as period_from, day as period_to, '' as grp, null as version, visits as numerator, null as denominator"
    )
    declare(root, "a_years", header(needs=["cube.a_years"]), f"select {columns}, null as value, visits as n {sql}")
    measured(con, root, more="insert into records.visits from (select date '2020-03-01' from range(19));")
    assert shown_values(con) == [20]
    assert con.sql("select missing, counted from result.measured").fetchall() == [("", True)]


def test_of_a_cube_that_fails_not_the_one_that_adds_it_up_is_named(con: Con, root: Path) -> None:
    (root / "inputs" / "indicators" / "cubes" / "visits.sql").write_text(CUBE.replace("visited_on", "nothing"))
    yearly(root, "cube.visits")
    assert refused(measured, con, root).startswith("inputs/indicators/cubes/visits.sql cannot be computed: ")


@pytest.mark.parametrize("source", ["cube.a_years", "cube.other"])
def test_a_cube_that_adds_up_itself_or_nothing_is_missing(con: Con, root: Path, source: str) -> None:
    yearly(root, source)
    measured(con, root)
    assert con.sql("select missing from result.measured").fetchall() == [("cube.a_years",)]


# --- events, versions, units ------------------------------------------------------------------------------------

EVENT = {"event": "labels"}  # 10 July 2021: month 18


def stepped(number: int) -> int:
    """Of a thousand visits, how many found a clean kitchen: a little restless, and a fifth more from the event on."""
    return 300 + (number * 7) % 5 * 4 + (200 if number > 18 else 0)


def steps(group: str = "") -> list[tuple[object, ...]]:
    return [(number, group, None, stepped(number), 1000, None, 1000) for number in range(36)]


def test_a_planted_step_is_found(con: Con, root: Path) -> None:
    """With its day, the sides' shares and N, and an interval that has the step in it and not nought."""
    declare(root, "clean", share_header(**EVENT), values(steps()))
    weighed(con, root)
    answer = con.execute("from result.events")
    found = dict(zip([column[0] for column in answer.description], answer.fetchall()[0], strict=True))
    assert (found["grp"], str(found["day"]), found["label"]) == ("", "2021-07-10", "Labels begin")
    assert (found["n_before"], found["n_after"]) == (18_000, 17_000)
    assert found["low"] < 0.2 < found["high"]
    assert found["low"] > 0.15
    assert found["p_value"] < 0.001
    assert found["placebo_rank"] == 1
    assert str(found["changed_on"]) == "2021-08-01"


def events(con: Con) -> int:
    return len(con.sql("from result.events").fetchall())


def test_an_event_of_the_command_takes_the_place_of_the_declared(con: Con, root: Path) -> None:
    declare(root, "clean", share_header(**EVENT), values(steps()))
    weighed(con, root, "2021-03-01")
    assert [str(row[0]) for row in con.sql("select day from result.events").fetchall()] == ["2021-03-01"]


@pytest.mark.parametrize(("groups", "found"), [(6, 6), (7, 0)])
def test_only_few_groups_are_weighed(con: Con, root: Path, groups: int, found: int) -> None:
    """Many tests would find something by chance alone."""
    rows = [row for group in range(groups) for row in steps(f"K{group}")]
    declare(root, "clean", share_header(by="kitchen", **EVENT), values(rows))
    weighed(con, root)
    assert events(con) == found


@pytest.mark.parametrize(
    ("rows", "period"),
    [
        ([*steps(), steps()[0]], "month"),  # two sources give a value for one month
        (steps()[:20], "month"),  # too few months after it
        (steps(), "year"),
        ([(*row[:3], None, None, 0.3, None) for row in steps()], "month"),  # no share has its parts
    ],
)
def test_a_series_that_is_none_has_no_event(con: Con, root: Path, rows: list[tuple[object, ...]], period: str) -> None:
    declare(root, "clean", share_header(period=period, **EVENT), values(rows))
    weighed(con, root)
    assert events(con) == 0


def test_an_event_that_is_no_day_is_refused(con: Con, root: Path) -> None:
    declare(root, "clean", share_header(event="lables"), values(steps()))
    words = refused(weighed, con, root)
    assert "names the event 'lables'" in words
    assert words.endswith("nor one of: start, labels.")


def test_a_change_is_split_into_records_and_definition(con: Con, root: Path) -> None:
    """Both versions at both ends: from 100 (old) to 90 (new), although by either version there were 20 more."""
    corners = {(0, "old"): 100, (0, "new"): 70, (11, "old"): 120, (11, "new"): 90}
    rows = [(number, "", version, None, None, value, None) for (number, version), value in corners.items()]
    declare(root, "warm", header(term="warm"), values(rows))
    weighed(con, root, more=VERSIONS)
    assert con.sql(
        "select version_from, version_to, total, by_records, by_definition from result.splits"
    ).fetchall() == [("old", "new", -10, 20, -30)]


def test_without_the_other_version_nothing_is_split(con: Con, root: Path) -> None:
    rows = [(0, "", "old", None, None, 100, None), (11, "", "new", None, None, 90, None)]
    declare(root, "warm", header(term="warm"), values(rows))
    weighed(con, root, more=VERSIONS)
    assert con.sql("from result.splits").fetchall() == []


def kitchens(how_many: int) -> str:
    """Kitchens of 400 visits with a share of about 0.3; the last has 0.5."""
    rows = [(0, f"K{one:02}", None, 118 + one % 5, 400, None, 400) for one in range(how_many - 1)]
    return values([*rows, (0, "K99", None, 200, 400, None, 400)])


@pytest.mark.parametrize(("how_many", "funnel", "found"), [(20, True, ["K99"]), (4, True, []), (20, False, [])])
def test_the_planted_unit_stands_out(con: Con, root: Path, how_many: int, funnel: bool, found: list[str]) -> None:
    """One of twenty; with too few units, or where no funnel is asked for, none."""
    declare(root, "clean", share_header(by="kitchen", funnel=funnel), kitchens(how_many))
    weighed(con, root)
    assert [row[0] for row in con.sql("select grp from result.outliers").fetchall()] == found
