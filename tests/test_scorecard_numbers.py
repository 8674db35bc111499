"""What the numbers say on the card: which indicators, which lines, what is drawn, and what is never shown."""

import html
import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from numbers_factory import event, figure, hidden, measured, measured_results, month, share, tables, year
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import audit_json, canonical, card_json
from scaudit.scorecard.curves import curve
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.funnels import funnel, outlier_list
from scaudit.scorecard.gist import begun, message
from scaudit.scorecard.group_bars import group_bars
from scaudit.scorecard.html import Pages
from scaudit.scorecard.lines import latest_groups, lines, over_time, principal
from scaudit.scorecard.number_tables import tables as number_tables
from scaudit.scorecard.numbers import numbers
from scaudit.scorecard.overview import overview_card
from scorecard_factory import TEMPLATES, SomeSettings, some_results

RESULTS = measured_results()
PAGES = Pages(TEMPLATES)
WARM, COUNT = measured("warm"), measured("loads", kind="count", unit="loads", period="fiscal year", source_ids=[])
SVG = "{http://www.w3.org/2000/svg}svg"


def page(results=RESULTS, item_id="PLEA/II"):
    return PAGES.item(item_card(results, item_id), imprint(SomeSettings(), item_id))


def overview(results=RESULTS):
    return PAGES.overview(overview_card(results), imprint(SomeSettings()))


def text(part: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", part)))


def annex(found: str, letter: str = "A") -> str:
    return found.split(f"<h2>Annex {letter}.", 1)[1].split("<h2>", 1)[0]


def drawn(rows, events=(), one=WARM):
    made = curve(one, over_time(rows), events, "So it is.")
    assert made is not None
    return made


# --- which indicators ---------------------------------------------------------------------------------------------


def test_a_card_has_the_indicators_that_bear_on_its_asks_and_claims():
    """And no others; each with the asks and claims on which it bears."""
    assert [(row.title, row.bears) for row in numbers(RESULTS, "SYN-1/R1").panels] == [
        ("Share of loads that arrived warm (invented)", ("R1.c",)),
        ("Loads turned back (invented)", ("R1.d",)),
        ("Loads sent, as published (invented)", ("R1.a",)),
    ]
    assert ("Loads turned back (invented)", ("II.x1",)) in [
        (row.title, row.bears) for row in numbers(RESULTS, "PLEA/II").panels
    ]
    assert numbers(RESULTS, "PLEA/V") is None


def test_without_numbers_a_page_is_as_it_was():
    """No part, no mark, no other letter: a card on which nothing bears is that of a project that measures nothing."""
    assert page(item_id="PLEA/V") == page(some_results(), "PLEA/V")
    assert "<h2>Annex A. Every record" in page(item_id="PLEA/V")
    assert "SYNTHETIC" not in page()


def test_the_annexes_of_a_card_with_numbers_are_lettered_in_order_and_named_by_their_letters():
    """A reference to an annex finds it."""
    found = page()
    heads = re.findall(r"<h2[^>]*>Annex (\w)\. ([^<]+)</h2>", found)
    assert [letter for letter, _ in heads] == list("ABCDEFG")
    letters = {name: letter for letter, name in heads}
    body = found.split("<h2>Annex A.")[0]
    for words, name in (
        ("<b>How firm it is</b> (annex {}).", "How firm it is"),
        ("<b>Where records contradict each other</b> (annex {}).", "Where records contradict each other"),
        ("<p><b>Annex {}.</b> 4 of 5 indicators with figures", "What the numbers say"),
        ("follows from the records in annex {}", "Every record, counted or set aside"),
        ("Not drawn, but in annex {}:", "Every record, counted or set aside"),
        ("A table in annex {} has the numbers", "The numbers of the pictures"),
        ("Likewise, in annex {}:", "Every record, counted or set aside"),
    ):
        if words.split("{}", maxsplit=1)[0] in body:
            assert words.format(letters[name]) in body
    assert "Not drawn, but in annex B" in body


def test_what_was_not_computed_says_what_it_needs():
    """In one line, and it is counted in the body."""
    assert "Pupils who fell ill (invented) (on II.f): not computed: needs records.school_nurses." in text(annex(page()))
    assert numbers(RESULTS, "PLEA/II").said[0] == "4 of 5 indicators with figures."
    cubes = [{**row, "missing": row["missing"] and "cube.pupils"} for row in tables()["measured"]]
    assert "not computed: needs files of single cases (cube.pupils)." in text(
        annex(page(measured_results(measured=cubes)))
    )


def test_what_others_published_is_not_told_as_computed():
    """Where none of the figures was counted here, the card says so."""
    only = measured_results(figures=[row for row in tables()["figures"] if row["indicator_id"] == "loads"])
    assert numbers(only, "PLEA/II").said[0] == "1 of 5 indicators with figures, all as others published them."


def test_an_indicator_whose_query_gave_nothing_is_not_computed():
    """There is nothing to show."""
    results = measured_results(figures=tuple(row for row in tables()["figures"] if row["indicator_id"] != "turned"))
    assert (
        "Loads turned back (invented) (on II.x1): not computed: needs figures of a time that had ended; there are none."
        in text(annex(page(results)))
    )


def test_the_body_names_the_most_telling_first_and_a_second_where_there_is_room():
    """A clear event goes before everything; the second is left out where the lines would be more than three."""
    said = numbers(RESULTS, "PLEA/II").said
    assert said[1] == (
        "Share of loads that arrived warm (invented), December 2018: 18.0 percent (95 percent interval 15.2 to 20.8; N 735); "
        "12.0 points lower after 15 June 2016 (interval 9.0 to 15.0 lower)."
    )
    assert said[2].startswith("Warm loads by depot (invented), January 2013 to December 2018: 25.3 percent")
    named = [{**row, "title": row["title"] + " and everything else" * 3} for row in tables()["measured"]]
    assert len(numbers(measured_results(measured=named), "PLEA/II").said) == 2


# --- the sentence -------------------------------------------------------------------------------------------------


def test_first_and_last_are_of_one_definition_and_one_source():
    """No difference between two definitions is told as a change."""
    rows = [row for row in tables()["figures"] if row["indicator_id"] == "turned"]
    assert message(COUNT, rows) == "Fiscal year 2018: 800 loads (N 800)."
    assert (
        begun(COUNT, rows) == "First, by the same definition, not in force then, fiscal year 2013: 640 loads (N 640)."
    )
    one = [row for row in tables()["figures"] if row["indicator_id"] == "loads"]
    assert message(COUNT, one) == "Fiscal year 2016: more than 12,100 loads (as published)."
    assert begun(COUNT, one) == "First, fiscal year 2014: about 10,100 loads (as published)."


def test_without_a_total_the_lowest_and_the_highest_group_are_told():
    """No group stands for all."""
    rows = [share("warm", month(5), value, 200, grp=f"Depot {value}") for value in (0.4, 0.2, 0.3)]
    earlier = [share("warm", month(4), 0.1, 200, grp="Depot 9")]
    told = message(WARM, [*rows, *earlier, hidden("warm", month(5), grp="Depot 1")])
    assert told.startswith("June 2013: lowest Depot 0.2, 20.0 percent (95 percent interval ")
    assert "; highest Depot 0.4, 40.0 percent" in told
    assert begun(WARM, rows) == ""


def test_of_two_groups_both_are_told():
    """The one is the measure of the other; nothing is ranked."""
    rows = [figure("loads", month(5), value, grp=grp) for grp, value in (("Harbour", 834.0), ("Island", 120.0))]
    assert message(COUNT, rows) == "June 2013: Island, 120 loads (as published); Harbour, 834 loads (as published)."


def test_groups_that_have_each_their_own_time_are_told_together_and_not_compared():
    """The one that ended last does not stand for all; no bars are drawn, and the table has every unit by name."""
    spans = {"Harbour": (1, 7), "Island": (2, 9), "Coast": (0, 4)}
    rows = [
        figure("loads", (month(begins)[0], month(ends)[1]), 10.0 * ends, grp=grp, source_ids=["PRESS"])
        for grp, (begins, ends) in spans.items()
    ]
    one = {**COUNT, "period": "whole", "by": "county"}
    groups = latest_groups(one, rows)
    assert (
        message(one, rows) == "January to October 2013, each in its own time: 3 groups, 40 to 90 loads (as published)."
    )
    assert group_bars(one, groups) is None
    (table,) = number_tables(one, (), rows, groups)
    assert [row[1] for row in table.rows] == ["Coast", "Harbour", "Island"]
    assert [row["grp"] for row in latest_groups(COUNT, rows)] == ["Island"]


def test_where_everything_is_held_back_no_value_is_told():
    """And nothing is drawn."""
    rows = [hidden("warm", month(0)), hidden("warm", month(1))]
    assert message(WARM, rows) == "No value can be shown."
    assert curve(WARM, over_time(rows), (), "") is None
    assert group_bars(WARM, [hidden("warm", month(0), grp="Depot")]) is None


# --- lines --------------------------------------------------------------------------------------------------------


def test_two_sources_and_two_versions_are_two_lines():
    """Each with its name; alone it needs none; a source that the group names is not named again."""
    released = [figure("loads", year(2013), 5.0, grp=f"Loads, {key}", source_ids=[key]) for key in ("PRESS", "REPORT")]
    assert [line.label for line in lines(released)] == ["Loads, PRESS", "Loads, REPORT"]
    rows = [row for row in tables()["figures"] if row["indicator_id"] == "loads"]
    assert [(line.label, len(line.figures)) for line in lines(rows)] == [("DIRECTIVE", 3), ("YEARBOOK", 3)]
    rows = [row for row in tables()["figures"] if row["indicator_id"] == "turned"]
    assert [line.label for line in lines(rows)] == ["over-5", "over-8"]
    assert [line.label for line in lines(rows[::2])] == [""]


def test_two_values_of_one_source_for_one_period_are_two_lines():
    """Neither is dropped, and they are not averaged."""
    rows = [figure("loads", year(2013), value, source_ids=["PRESS"]) for value in (5.0, 9.0)]
    rows.append(figure("loads", year(2014), 6.0, source_ids=["PRESS"]))
    found = lines(rows)
    assert [[row["value"] for row in line.figures] for line in found] == [[5.0, 6.0], [9.0]]
    assert [line.label for line in found] == ["value 1", "value 2"]


def test_groups_are_lines_only_where_they_are_few_and_there_is_no_total():
    """A picture of many lines shows none."""
    few = [share("warm", month(n), 0.2, 100, grp=f"G{g}") for n in range(3) for g in range(4)]
    assert len(over_time(few)) == 4
    assert over_time([*few, *(share("warm", month(n), 0.2, 100, grp="G4") for n in range(3))]) == ()
    assert [line.grp for line in over_time([*few, *(share("warm", month(n), 0.2, 100) for n in range(3))])] == [""]
    assert over_time([share("warm", month(0), 0.2, 100)]) == ()


def test_the_line_that_is_told_is_the_one_in_force_last():
    """An older version with more periods does not take its place."""
    old = [share("warm", month(n), 0.5, 100, version="old", in_force=n < 8) for n in range(12)]
    new = [share("warm", month(n), 0.2, 100, version="new") for n in range(8, 12)]
    assert principal([*old, *new]).version == "new"
    assert principal([row for row in old if row["in_force"]]).version == "old"


def test_the_groups_of_the_last_period_only():
    """Bars of two periods would not be compared."""
    rows = [share("warm", month(n), 0.2, 100, grp="G") for n in range(3)] + [share("warm", month(9), 0.2, 100)]
    assert [row["period_to"] for row in latest_groups(WARM, rows)] == [date(2013, 3, 31)]


# --- pictures -----------------------------------------------------------------------------------------------------


def coordinates(path: str) -> list[tuple[float, float]]:
    """The places that a path of M, L, H and V goes to."""
    x = y = 0.0
    found = []
    for sign, first, second in re.findall(r"([MLHV])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        x, y = (float(first), y) if sign == "H" else (x, float(first)) if sign == "V" else (float(first), float(second))
        found.append((x, y))
    return found


@pytest.mark.parametrize("indicator_id", ["warm", "turned", "loads"])
def test_everything_is_drawn_inside_the_picture(indicator_id):
    """Lines, marks, whiskers, names and key."""
    one = next(row for row in RESULTS.measured if row["indicator_id"] == indicator_id)
    made = drawn(RESULTS.figures_of[indicator_id], RESULTS.events_of[indicator_id], one)
    for path in (*(stroke.path for stroke in made.strokes), made.whiskers):
        assert all(made.left - 3 <= x <= made.right + 3 for x, _ in coordinates(path))
        assert all(made.top - 0.01 <= y <= made.base + 0.01 for _, y in coordinates(path))
    assert all(made.left - 3 <= spot.x <= made.right + 3 for spot in made.spots)
    assert all(end.x + 4.3 * len(end.label) <= made.width for end in made.ends)
    assert all(sample.x + 20 + 3.9 * len(sample.words) <= made.width and sample.y <= made.height for sample in made.key)


def test_a_line_breaks_where_a_month_is_missing_or_held_back():
    """No line leads through a month without a value, and a cross stands where one is held back."""
    rows = [share("warm", month(n), 0.3, 400) for n in range(30) if n != 10]
    rows[20] = hidden("warm", rows[20]["period_from"] and (rows[20]["period_from"], rows[20]["period_to"]))
    made = drawn(rows)
    (stroke,) = made.strokes
    assert stroke.path.count("L") == 9 + 9 + 7
    assert [spot.shape for spot in made.spots] == ["cross"]
    assert [sample.words for sample in made.key] == ["thin lines: 95 percent interval", "not shown"]


def test_a_suppressed_number_reaches_neither_picture_nor_page_nor_data():
    """Even where its row has one by mistake."""
    secret = hidden("warm", month(50), value=0.98765, low=0.91234, high=0.99321, n=7, numerator=6, denominator=7)
    rows = [secret if row["suppressed"] and row["indicator_id"] == "warm" else row for row in tables()["figures"]]
    results = measured_results(figures=rows)
    assert page(results) == page()
    assert canonical(card_json(results, "PLEA/II")) == canonical(card_json(RESULTS, "PLEA/II"))
    (row,) = [
        row for row in card_json(results, "PLEA/II")["numbers"]["figures"] if row["suppressed"] and not row["grp"]
    ]
    assert {row[name] for name in ("numerator", "denominator", "value", "low", "high", "n")} == {None}


def test_years_are_steps_as_long_as_the_year_and_months_are_not():
    """A value holds for its period."""
    steps = drawn([figure("loads", year(2013 + n), 5.0 + n, n=5 + n) for n in range(3)], one=COUNT)
    (stroke,) = steps.strokes
    assert (stroke.path.count("H"), stroke.path.count("V")) == (3, 2)
    assert "H" not in drawn([share("warm", month(n), 0.3, 400) for n in range(3)]).strokes[0].path


def test_running_totals_stand_at_their_last_day():
    """They begin on one day; none is a step of its own."""
    rows = [
        figure("loads", (date(2008, 10, 27), date(2010 + n, 3, 31)), 10.0 * n, source_ids=["PRESS"]) for n in (1, 2, 3)
    ]
    made = drawn(rows, one=COUNT)
    assert "L" in made.strokes[0].path
    assert (made.spots[0].x, made.spots[-1].x) == (made.left, made.right)


def test_what_is_in_force_is_solid_and_what_is_not_is_dashed():
    """Each version keeps its mark, so that both are told in black and white."""
    rows = [row for row in tables()["figures"] if row["indicator_id"] == "turned"]
    made = drawn(rows, one=COUNT)
    solid, dashed = sorted(made.strokes, key=lambda stroke: stroke.dash)
    assert (solid.dash, dashed.dash != "") == ("", True)
    assert (solid.path.count("H"), dashed.path.count("H")) == (6, 6)
    assert [spot.filled for spot in made.spots] == [True] * 6 + [False] * 6
    words = [sample.words for sample in made.key]
    assert words == ["over-5", "over-8", "solid: in force in its period", "dashed: not in force"]


def test_two_releases_are_solid_and_dashed_and_further_ones_marks():
    """Never averaged; every value of every source is drawn."""
    made = drawn([row for row in tables()["figures"] if row["indicator_id"] == "loads"], one=COUNT)
    assert [stroke.dash for stroke in made.strokes] == ["", "4 2"]
    assert len(made.spots) == 6
    many = [figure("loads", year(2013 + n % 2), 5.0 + n, source_ids=[f"S{n // 2}"]) for n in range(12)]
    made = drawn(many, one=COUNT)
    assert len(made.spots) == 12
    assert sum(spot.shape == "diamond" for spot in made.spots) == 4
    assert "2 other lines, named in the table" in [sample.words for sample in made.key]


def test_the_day_of_an_event_is_marked_and_the_break_of_the_series_where_there_is_one():
    """A day outside the picture is not drawn."""
    rows = RESULTS.figures_of["warm"]
    made = drawn(rows, [event("warm")])
    assert [(day.words, day.x > made.left) for day in made.days] == [("15 Jun 2016", True)]
    assert made.breaks.count("z") == 1
    later = drawn(rows, [event("warm", day=date(2020, 1, 1), changed_on=date(2030, 1, 1))])
    assert (later.days, later.breaks) == ((), "")
    assert drawn(rows, [event("warm", change_p=0.3)]).breaks == ""


def test_days_that_stand_close_have_two_rows():
    """Their names do not touch."""
    days = [date(2016, 6, 15), date(2016, 9, 15), date(2018, 1, 1)]
    made = drawn(RESULTS.figures_of["warm"], [event("warm", day=day) for day in days])
    assert [day.y for day in made.days] == [9, 20, 9]


def test_nought_stands_in_every_picture():
    """No change looks larger than it is."""
    made = drawn([share("warm", month(n), 0.8 + n / 100, 900) for n in range(6)])
    assert made.levels[0].label == "0 %"
    assert made.levels[0].y == made.base
    below = drawn(
        [figure("x", month(n), value) for n, value in enumerate((-3.5, 2.0))], one=measured("x", kind="average")
    )
    assert "0" in [level.label for level in below.levels]
    assert min(level.y for level in below.levels) <= min(spot.y for spot in below.spots)


def test_the_title_has_the_message_and_every_number_of_a_short_line():
    """Who cannot see the picture reads the same."""
    made = drawn([row for row in tables()["figures"] if row["indicator_id"] == "loads"], one=COUNT)
    assert made.picture.startswith(f"{COUNT['title']}. So it is. DIRECTIVE: fiscal year 2014 about 10,100 loads")
    assert "YEARBOOK: fiscal year 2013 9,800 loads (as published); fiscal year 2014 10,400 loads" in made.picture


def test_the_title_of_a_long_line_has_its_ends_and_extremes():
    """All of them stand in the table."""
    picture = drawn(RESULTS.figures_of["warm"]).picture
    assert "71 periods; first: January 2013 28.0 percent (95 percent interval 23.5 to 32.5; N 380); lowest: " in picture
    assert "highest: " in picture
    assert "last: December 2018 18.0 percent" in picture


def test_bars_have_the_groups_by_n_and_those_of_two_versions_beside_each_other():
    """Solid in force, hatched not; the whiskers are the intervals."""
    made = group_bars(measured("depots", by="depot"), latest_groups(WARM, RESULTS.figures_of["depots"]))
    assert [row.label for row in made.rows][:2] == ["Depot 17 (invented)", "Depot 16 (invented)"]
    assert len(made.rows) == 14
    assert made.note == "4 smaller groups not drawn; the data of this card have them."
    assert made.rows[0].words == "24.8 (23.3 to 26.3; N 3,100)"
    assert made.whiskers.count("H") == 14
    assert all(made.left < row.right < row.end < 400 for row in made.rows)
    two = [
        share("warm", month(0), value, 300, grp="Harbour", version=version, in_force=version == "new")
        for value, version in ((0.2, "old"), (0.3, "new"))
    ]
    made = group_bars(WARM, two)
    assert [(row.label, row.hatched) for row in made.rows] == [("Harbour", False), ("", True)]
    assert [(sample.words, sample.bar) for sample in made.key[:2]] == [
        ("new, in force", "solid"),
        ("old, not in force", "hatched"),
    ]


def test_names_too_long_to_stand_beside_their_bars_stand_above_them_whole():
    """Cut off, several would read alike."""
    grps = [f"Loads sent to schools of the {place} by road" for place in ("harbour", "island")]
    made = group_bars(COUNT, [figure("loads", month(0), 9.0 - place, grp=grp) for place, grp in enumerate(grps)])
    assert [row.label for row in made.rows] == grps
    assert made.left == 0
    heights = [height for row in made.rows for height in (row.label_y, row.y + 8)]
    assert heights == sorted(set(heights))
    assert heights[-1] < made.height


def test_one_group_is_no_picture():
    """There is nothing to compare it with; the sentence has its number."""
    assert group_bars(COUNT, [figure("loads", month(0), 9.0, grp="Harbour")]) is None


def test_totals_of_a_part_of_a_year_are_told_apart_from_those_of_years():
    """A reader would take the last for a fall."""
    rows = [figure("loads", year(2013 + n), 900.0, source_ids=["PRESS"]) for n in range(3)]
    part = figure("loads", (date(2015, 10, 1), date(2016, 2, 29)), 300.0, source_ids=["PRESS"])
    told = "periods of different length: the total of a shorter one is smaller for that alone"
    keys = [[sample.words for sample in drawn(some, one=COUNT).key] for some in (rows, [*rows, part])]
    assert [told in words for words in keys] == [False, True]


def test_a_group_that_is_held_back_has_words_and_no_bar():
    """Beside one that is shown."""
    rows = [share("warm", month(0), 0.3, 300, grp="Harbour"), hidden("warm", month(0), grp="Island")]
    made = group_bars(WARM, rows)
    assert (made.rows[1].words, made.rows[1].right) == ("fewer than 11 or a complement, not shown", made.left)


def test_a_funnel_names_those_that_stand_out_and_draws_all():
    """Filled and named, with their N; the others open; the held back not at all."""
    one = measured("depots")
    made = funnel(one, RESULTS.figures_of["depots"], RESULTS.outliers_of["depots"])
    assert [spot.filled for spot in made.spots].count(True) == 3
    assert len(made.spots) == 17
    assert [name.label for name in made.names] == [f"Depot {n} (invented)" for n in ("14", "11", "06")]
    assert "Depot 06 (invented): 42.0 percent of N 210, where chance keeps 16.5 to 35.2 (q under 0.001)" in made.picture
    assert funnel(one, RESULTS.figures_of["depots"], []) is None
    assert funnel(COUNT, RESULTS.figures_of["depots"], RESULTS.outliers_of["depots"]) is None


def test_the_limits_of_a_funnel_narrow_as_n_grows_and_lie_about_the_overall_share():
    """The inner ones inside the outer ones."""
    made = funnel(measured("depots"), RESULTS.figures_of["depots"], RESULTS.outliers_of["depots"])
    spread = []
    for stroke in made.limits:
        low, high = (coordinates(part) for part in re.findall(r"M[^M]+", stroke.path))
        assert all(y > made.middle for _, y in low)
        assert all(y < made.middle for _, y in high)
        assert high[0][1] < high[-1][1]
        spread.append(low[-1][1] - high[-1][1])
    assert spread[0] < spread[1]


def test_very_many_units_that_stand_out_are_counted():
    """A list of hundreds is read by nobody."""
    rows = [{**tables()["outliers"][0], "grp": f"Unit {n}", "n": 1000 - n} for n in range(40)]
    found = outlier_list(rows)
    assert len(found) == 25
    assert found[0].startswith("Unit 0:")
    assert found[-1] == "And 16 more of smaller N"


# --- tables -------------------------------------------------------------------------------------------------------


def test_months_are_a_table_of_a_year_a_row():
    """Value and N in every cell, a cross for what is held back, nothing for what is missing."""
    (table,) = number_tables(WARM, over_time(RESULTS.figures_of["warm"]), ())
    assert table.heads[:3] == ("Year", "Jan", "Feb")
    rows = {row[0]: row[1:] for row in table.rows}
    assert len(rows) == 6
    assert rows["2013"][0] == "28.0\n380"
    assert rows["2015"][6] == ""
    assert rows["2017"][2] == "x"
    assert "x: not shown." in table.note


def test_a_list_has_every_figure_of_a_period_together_and_no_empty_column():
    """Side by side, with source and bound."""
    rows = [row for row in tables()["figures"] if row["indicator_id"] == "loads"]
    (table,) = number_tables(COUNT, over_time(rows), ())
    assert table.heads == ("Period", "Loads", "Source")
    assert table.rows[1:3] == (
        ("fiscal year 2014", "about 10,100", "DIRECTIVE"),
        ("fiscal year 2014", "10,400", "YEARBOOK"),
    )
    (table,) = number_tables(WARM, over_time(rows), ())
    assert (table.heads, table.rows[1][2]) == (("Period", "Percent", "N", "Source"), "not published")
    assert sum(table.widths) == pytest.approx(100, abs=0.5)


def test_counts_that_are_their_own_n_say_so():
    """Instead of a column that repeats."""
    rows = [row for row in tables()["figures"] if row["indicator_id"] == "turned"]
    (table,) = number_tables(COUNT, over_time(rows), ())
    assert table.heads == ("Period", "Version", "Loads")
    assert table.note == "Each number is its own N."


def test_a_long_list_has_the_latest_and_says_how_many_it_leaves_out():
    """The data have all."""
    rows = [figure("loads", (date(1950 + n, 1, 1), date(1950 + n, 12, 31)), n, source_ids=["PRESS"]) for n in range(50)]
    (table,) = number_tables(COUNT, over_time(rows), ())
    assert (len(table.rows), table.rows[-1][0]) == (40, "1999")
    assert table.note == "10 earlier figures: in the data of this card."


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("found", [page(), page(item_id="SYN-1/R1"), overview()])
def test_pages_are_well_formed_and_accessible(found):
    """XML; a title first in every picture; header cells with a scope; even rows; no anchored or see-through text."""
    root = ET.fromstring(found)
    assert all(svg[0].tag.endswith("}title") and svg[0].text for svg in root.iter(SVG))
    assert all(cell.get("scope") for cell in root.iter("th"))
    assert all(len({len(row) for row in table.iter("tr")}) == 1 for table in root.iter("table"))
    assert not {"text-anchor", "opacity"} & set(re.findall(r"[a-z-]+(?==)", found))


def test_the_caption_says_what_is_counted_of_whom_by_which_definition_and_from_where():
    """A picture without these is not to be read."""
    found = text(annex(page()))
    assert "Counts: One load that was followed from depot to school; loads that were sent back are left out." in found
    assert "Unit: Percent: loads above the limit, of all loads followed." in found
    assert "Definition: warm load; in force on 30 September 2018: over-5; also shown: over-8." in found
    assert "N: 380 to 735 a figure. Source: FOLLOWUP. Direction: lower is better." in found
    assert "N: each number is a count. Sources: DIRECTIVE, YEARBOOK." in found
    assert "FOLLOWUP: Follow-up Test of Chilled Transport in Six Depots, Inspector" in found


def test_the_definitions_are_in_words_and_only_those_that_are_used():
    """With the days from and to which they held."""
    found = text(annex(page()))
    assert "warm load, over-8 (until 30 September 2015; REPORT). A load is warm at more than 8 °C." in found
    assert "warm load, over-5 (from 1 October 2015; DIRECTIVE). A load is warm at more than 5 °C." in found
    assert "Not used." not in found
    assert "Definitions used" not in annex(page(measured_results(measured=[measured("warm")])))


def test_events_and_splits_are_sentences_of_the_annex():
    """From the numbers, by one template."""
    found = text(annex(page()))
    assert "Before and after. After 15 June 2016 (Depots get thermometers) it was 12.0 points lower" in found
    assert "Records or definition. Of the change of -20 loads from fiscal year 2013 (over-8)" in found


def test_a_monthly_indicator_that_no_event_was_tried_on_says_so_where_others_were():
    """Silence would look like no change."""
    more = [*tables()["measured"], measured("short", title="A short one")]
    rows = [*tables()["figures"], *(share("short", month(n), 0.3, 90) for n in range(4))]
    assert "Too little data; that takes 6 months on each side" in page(measured_results(measured=more, figures=rows))
    assert "Too little data" not in page(measured_results(measured=more, figures=rows, events=()))


def test_a_word_on_what_is_not_shown_stands_only_where_something_is_not():
    """And says why."""
    assert "Not shown: a number of fewer than 11, and its complement" in page()
    shown = [row for row in tables()["figures"] if not row["suppressed"]]
    assert "Not shown: a number" not in page(measured_results(figures=shown))


def test_hostile_text_is_escaped():
    """Titles, groups, units and rules are text, whatever they look like."""
    evil = "<script>1</script>{{ 7*7 }}"
    rows = [share("warm", month(n), 0.3, 400, grp=evil, version=evil, source_ids=[evil]) for n in range(3)]
    names = ("title", "counts", "population", "numerator", "note", "term", "by")
    results = measured_results(
        measured=[measured("warm", **dict.fromkeys(names, evil))],
        figures=rows,
        events=[event("warm", label=evil, grp=evil)],
        versions=[{**tables()["versions"][0], "term": evil, "version": evil, "rule": evil}],
        splits=[{**tables()["splits"][0], "indicator_id": "warm", "grp": evil}],
        outliers=[{**tables()["outliers"][0], "indicator_id": "warm", "grp": evil}],
        disagreements=[{**tables()["disagreements"][0], "family": evil, "series": [evil, evil]}],
    )
    for found in (page(results), overview(results)):
        assert "<script" not in found
        assert html.escape(evil) in found
        ET.fromstring(found)


def test_the_order_of_rows_changes_no_page_and_no_data():
    """Like everything else on a card."""
    names = ("measured", "figures", "events", "splits", "versions", "outliers", "disagreements")
    turned = replace(RESULTS, **{name: tuple(reversed(getattr(RESULTS, name))) for name in names})
    for item_id in ("SYN-1/R1", "PLEA/II"):
        assert page(turned, item_id) == page(RESULTS, item_id)
        assert canonical(card_json(turned, item_id)) == canonical(card_json(RESULTS, item_id))
    assert overview(turned) == overview()


# --- overview -----------------------------------------------------------------------------------------------------


def test_the_overview_has_a_line_in_its_body_and_every_indicator_in_its_annex():
    """With the last value, or what it needs."""
    body, rest = overview().split("<h2>Annex D. What the numbers say</h2>")
    assert text(body).count(
        "What the numbers say (annex D). 4 of 5 indicators with figures; sources disagree on 1 value; 3 units outside what chance "
        "gives, in 1 indicator."
    ) == 1  # fmt: skip
    assert "Not computed: needs records.school_nurses." in rest
    assert "Fiscal year 2018: 800 loads (N 800)." in rest
    assert re.findall(r"<h2>Annex (\w)\.", rest) == ["E"]


def test_values_that_sources_disagree_on_stand_side_by_side():
    """Both, each with its source and its bound, and no third."""
    found = text(annex(overview(), "D"))
    assert "loads sent, Harbour county" in found
    assert "10,400 (loads sent, YEARBOOK); about 10,100 (loads dispatched, DIRECTIVE)" in found
    assert "10,250" not in overview()


def test_an_overview_without_numbers_has_no_annex_for_them():
    """As it was."""
    assert "What the numbers say" not in overview(some_results())
    assert "<h2>Annex D. Held in quarantine</h2>" in overview(some_results())


def test_disagreements_alone_make_the_annex():
    """A project may have statistics and measure nothing."""
    found = overview(some_results(disagreements=tables()["disagreements"]))
    assert "<b>What the numbers say</b> (annex D). Sources disagree on 1 value." in found


# --- synthetic ----------------------------------------------------------------------------------------------------

INVENTED = measured_results(
    measured=[{**row, "synthetic": row["indicator_id"] == "warm"} for row in tables()["measured"]]
)
MARKED = [INVENTED, some_results(run={**RESULTS.run, "synthetic": True})]


@pytest.mark.parametrize("results", MARKED)
def test_every_page_and_every_file_of_a_synthetic_run_says_so(results):
    """In the running head of every page, in the title, and in the data, also of items on which no indicator bears."""
    for found in (page(results), page(results, "PLEA/V"), overview(results)):
        root = ET.fromstring(found)
        assert root.findtext("head/title").startswith("SYNTHETIC: ")
        assert root.find("body/main").get("data-project").startswith("SYNTHETIC DATA")
    for data in (card_json(results, "PLEA/V"), audit_json(results)):
        assert data["synthetic"] is True


def test_a_synthetic_indicator_is_marked_wherever_it_stands():
    """In the body, over its picture, and in the overview; one beside it is not."""
    found = page(INVENTED)
    assert "SYNTHETIC: Share of loads that arrived warm (invented), December 2018" in found
    assert "<h3>SYNTHETIC: Share of loads that arrived warm (invented)" in found
    assert "<h3>Loads turned back (invented)" in found
    assert ">SYNTHETIC: Share of loads that arrived warm (invented)</th>" in overview(INVENTED)


@pytest.mark.parametrize("run", [{}, {"synthetic": False}])
def test_a_real_run_says_nothing_of_it(run):
    """Neither page nor data have another byte."""
    results = some_results(run={**RESULTS.run, **run})
    assert page(results) == page(some_results())
    assert "synthetic" not in card_json(results, "PLEA/II")
    assert list(audit_json(results)) == list(audit_json(some_results()))
    assert "synthetic" not in audit_json(results)


# --- data ---------------------------------------------------------------------------------------------------------


def test_a_card_has_its_numbers_as_data():
    """Only what bears on the item."""
    found = card_json(RESULTS, "SYN-1/R1")["numbers"]
    assert list(found) == ["indicators", "figures", "events", "splits", "versions"]
    assert [row["indicator_id"] for row in found["indicators"]] == ["loads", "turned", "warm"]
    assert {row["indicator_id"] for row in found["figures"]} == {"loads", "turned", "warm"}
    assert [row["version"] for row in found["versions"]] == ["over-5", "over-8"]
    assert (len(found["events"]), len(found["splits"])) == (1, 1)
    assert card_json(RESULTS, "PLEA/V")["numbers"] == {name: [] for name in found}


def test_what_is_no_number_is_null():
    """JSON has no word for it."""
    results = measured_results(events=[event("warm", p_value=float("nan"), detectable=float("inf"))])
    (row,) = json.loads(canonical(card_json(results, "SYN-1/R1")))["numbers"]["events"]
    assert (row["p_value"], row["detectable"]) == (None, None)


def test_the_edition_as_data_is_unchanged_by_numbers():
    """Other programs read it."""
    assert canonical(audit_json(RESULTS)) == canonical(audit_json(some_results()))
