"""The trajectory of an item: where each ask stood on the named days, as picture, words and numbers."""

import html
import re
from datetime import date

import pytest

from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scaudit.scorecard.trajectory import trajectory
from scorecard_factory import TEMPLATES, SomeSettings, some_results
from second_look_factory import point

RESULTS = some_results()
PAGES = Pages(TEMPLATES)
FIRST, SECOND, LAST = date(2014, 3, 12), date(2015, 1, 15), date(2019, 12, 31)


def _page(results, item_id="SYN-1/R1"):
    return PAGES.item(item_card(results, item_id), imprint(SomeSettings(), item_id))


def _points(criterion: str, shown: tuple, said: tuple, days=(FIRST, SECOND, LAST)) -> list:
    return [
        {**point({"criterion_id": criterion, "reading": reading}, "", day, abs(rung)), "stale": rung < 0}
        for reading, rungs in (("verified", shown), ("claimed", said))
        for day, rung in zip(days, rungs, strict=True)
    ]


def _drawn(*rows: list):
    found = trajectory(some_results(points=[point for row in rows for point in row]), "SYN-1/R1")
    assert found is not None
    return found


def test_every_number_is_in_the_table():
    """Shown / said on every day; a star where a rung of 5 is too old to count; a dash where nothing is known."""
    table = dict(
        _drawn(_points("SYN-1/R1.a", (0, 3, 5), (2, 5, 5)), _points("SYN-1/R1.b", (4, 5, -5), (4, 5, -6))).table
    )
    assert table["R1.a"] == ("0/2", "3/5", "5/5")
    assert table["R1.b"] == ("4/4", "5/5", "5*/6*")
    assert table["R1.c"] == ("\u2013/\u2013",) * 3


def test_the_title_says_the_message_first_and_then_what_moved_when_and_every_number():
    """Who cannot see the picture reads what the eye would."""
    picture = _drawn(_points("SYN-1/R1.a", (0, 3, 5), (2, 5, 5)), _points("SYN-1/R1.b", (4, 5, -5), (4, 5, 5))).picture
    assert picture.startswith(
        "Trajectory of 6 asks. 12 March 2014 to 31 December 2019: by the evidence 1 of 6 asks rose, none fell, "
        "1 stood higher between; taken at its word 2 rose, none fell. "
    )
    assert "R1.a 0 to 3 between 12 March 2014 and 15 January 2015; R1.a 3 to 5 between 15 January 2015 and" in picture
    assert "R1.b 5 to 5* between 15 January 2015 and 31 December 2019." in picture
    assert "on 12 March 2014, 15 January 2015 and 31 December 2019: R1.a 0/2, 3/5, 5/5; R1.b 4/4, 5/5, 5*/5" in picture


def test_a_fall_is_said():
    """What was lost is no standstill."""
    assert "by the evidence none of 6 asks rose, 1 fell;" in _drawn(_points("SYN-1/R1.a", (5, 4, 3), (5, 5, 5))).message


def test_a_number_stands_where_a_line_begins_or_changes_and_on_its_line():
    """The number of the word stands only where the word is not the evidence."""
    lane = _drawn(_points("SYN-1/R1.a", (0, 3, 3), (0, 5, 5))).lanes[0]
    assert [(digit.text, digit.strong) for digit in lane.digits] == [("0", True), ("3", True), ("5", False)]
    assert lane.digits[0].y == lane.base
    assert lane.digits[2].y == lane.met
    assert lane.solid.count("V") == 2
    assert lane.solid.count("M") == 1


def test_a_line_breaks_where_nothing_is_known():
    """No line leads through a day without a point."""
    rows = [row for row in _points("SYN-1/R1.a", (1, 2, 3), (1, 2, 3)) if row["day"] != SECOND]
    assert _drawn(rows, _points("SYN-1/R1.b", (1, 2, 3), (1, 2, 3))).lanes[0].solid.count("M") == 2


def test_what_is_too_old_to_count_is_drawn_at_four():
    """The picture agrees with the ladder above it."""
    found = _drawn(_points("SYN-1/R1.a", (5, 5, -5), (5, 5, 5)))
    assert found.stale
    assert round(found.lanes[0].digits[1].y - found.lanes[0].met, 2) == 2.3
    assert "too long ago to count" in _page(some_results(points=_points("SYN-1/R1.a", (5, 5, -5), (5, 5, 5))))


def test_days_before_it_was_asked_are_left_out_and_named():
    """Nothing can have been done about what nobody had asked."""
    early = date(2014, 3, 11)
    found = _drawn(_points("SYN-1/R1.a", (1, 2, 3), (1, 2, 3), (early, FIRST, LAST)))
    assert [column.words for column in found.columns] == ["12 March 2014", "31 December 2019"]
    assert found.note == "Left out, since this had not been asked yet: 11 March 2014."


def test_a_reading_day_has_its_label_and_the_day_of_the_card_is_called_so():
    """Two names of one day are not mixed up."""
    found = _drawn(_points("SYN-1/R1.a", (1, 2, 3), (1, 2, 3), (FIRST, SECOND, date(2018, 2, 3))))
    assert [column.label for column in found.columns] == [
        "The report is published",
        "Parents hand in their petition",
        "the day of this card",
    ]


@pytest.mark.parametrize("days", [2, 7, 12, 30])
@pytest.mark.parametrize("asks", [1, 5, 12])
def test_blocks_lanes_and_columns_stay_inside_the_picture(days, asks):
    """For few days and many, few asks and many; of very many days the latest are drawn, and the rest is counted."""
    named = tuple(date(2014 + place, 5, 1) for place in range(days))
    ids = [f"SYN-1/R1.{place:02}" for place in range(asks)]
    criteria = [{**RESULTS.asks("SYN-1/R1")[0], "criterion_id": key} for key in ids]
    rungs = [
        {**row, "criterion_id": key} for key in ids for row in RESULTS.rungs if row["criterion_id"] == "SYN-1/R1.a"
    ]
    points = [row for key in ids for row in _points(key, (6,) * days, (6,) * days, named)]
    found = trajectory(some_results(criteria=criteria, rungs=rungs, points=points), "SYN-1/R1")
    assert found is not None
    assert len(found.columns) == min(days, 16)
    assert (f"{days - 16} earlier days not drawn" in found.note) == (days > 16)
    assert len({(lane.x, lane.base) for lane in found.lanes}) == asks
    assert all(lane.end <= found.width + 0.02 and lane.base < found.height for lane in found.lanes)
    assert all(lane.end <= other.x for lane in found.lanes for other in found.lanes if other.x > lane.x)


@pytest.mark.parametrize("points", [(), _points("SYN-1/R1.a", (3,), (3,), (LAST,))])
def test_one_day_or_none_is_no_trajectory_and_the_page_says_so(points):
    """An empty picture would say that nothing moved."""
    results = some_results(points=points)
    assert trajectory(results, "SYN-1/R1") is None
    page = _page(results)
    assert "no more than one of the named days up to 31 December 2019" in page
    assert "There is no second day to compare." in page


def test_the_page_has_the_picture_with_its_title_and_the_table():
    """The title comes first in the picture, and the same numbers stand in annex B."""
    page = html.unescape(_page(RESULTS))
    picture = next(title for title in re.findall(r"<title>([^<]+)</title>", page) if title.startswith("Trajectory"))
    found = trajectory(RESULTS, "SYN-1/R1")
    assert found is not None
    assert picture == found.picture
    annex = page.split("<h2>Annex B.")[1].split("<h2>")[0]
    assert all(f"<td>{cell}</td>" in annex for _, cells in found.table for cell in cells)


def test_hostile_words_of_a_day_are_escaped():
    """The label of a reading day is text, whatever it looks like."""
    evil = "<script>1</script>{{ 7*7 }}"
    days = [{**row, "label": evil} for row in RESULTS.reading_days]
    page = _page(some_results(reading_days=days))
    assert "<script" not in page
    assert html.escape(evil) in page.split("<h2>Annex B.")[1].split("<h2>")[0]
