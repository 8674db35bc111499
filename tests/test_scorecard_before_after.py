"""What is said of an event and of a change of definition: no more than the numbers bear."""

from datetime import date
from math import inf, nan

import pytest

from numbers_factory import event, figure, measured, month, share, tables
from scaudit.scorecard.before_after import (
    Scale,
    Verdict,
    broken_on,
    event_words,
    others,
    scale,
    short_event,
    split_words,
    verdict,
)

SHARE, COUNT = measured("warm"), measured("loads", kind="count", unit="loads")
DAYS = measured("hours", kind="days", unit="days")
FALL = {
    "day": date(2012, 12, 21),
    "label": "",
    "before": 8100.0,
    "after": 6300.0,
    "n_before": 97_200,
    "n_after": 75_600,
}
FACTOR = {"difference": -0.12, "low": -0.201, "high": -0.03, "detectable": 0.09}


def test_a_clear_fall_is_laid_to_the_day_and_to_no_cause():
    """Beyond chance, no other day shows as much, and the series itself breaks there."""
    assert verdict(event("warm"), Scale.SHARE) is Verdict.CLEAR
    assert event_words(SHARE, event("warm"), Scale.SHARE) == (
        "After 15 June 2016 (Depots get thermometers) it was 12.0 points lower than level and trend before would give "
        "(95 percent interval 9.0 to 15.0 lower; mean before 31.0, N 16,400; after 19.0, N 16,800); none of 60 other days "
        "gives as large a difference, and the series itself would also put the change in June 2016: so the fall begins at "
        "this day; why, the numbers do not say. The smallest change that could have been seen is 4.0 points."
    )


def test_a_fall_that_other_days_show_too_is_not_laid_to_the_day():
    """14 of 40 other days, and a break three months before: the honest sentence."""
    row = event("loads", **FALL, **FACTOR, p_value=0.01, changed_on=date(2012, 9, 1), placebo_rank=15, placebo_days=40)
    assert verdict(row, Scale.FACTOR) is Verdict.UNCLEAR
    assert event_words(COUNT, row, Scale.FACTOR) == (
        "After 21 December 2012 it was 12.0 percent lower than level and trend before would give (95 percent interval 3.0 to "
        "20.1 lower; mean before 8,100, N 97,200; after 6,300, N 75,600); 14 of 40 other days give as large a difference, "
        "and the series itself would put the change in September 2012: so the fall cannot be laid to this day. The smallest "
        "change that could have been seen is a rise of 9.0 or a fall of 8.3 percent."
    )


@pytest.mark.parametrize(
    ("changes", "follows"),
    [
        ({"placebo_rank": 5}, "so the fall cannot be laid to this day"),
        ({"placebo_rank": 4}, "so the fall begins at this day"),
        ({"placebo_days": 9}, "only 9 other days could be tried"),
        ({"placebo_days": 9}, "so the fall cannot be laid to this day"),
        ({"placebo_days": 0}, "no other day could be tried"),
        ({"placebo_rank": 2}, "1 of 60 other days gives as large a difference"),
        ({"changed_on": date(2016, 9, 15)}, "the series itself would also put the change in September 2016: so the fall begins"),
        ({"changed_on": date(2016, 9, 16)}, "would put the change in September 2016: so the fall cannot be laid to this day"),
        ({"changed_on": date(2014, 1, 1), "change_p": 0.05}, "shows no break that chance would not give: so a fall at this day"),
        ({"changed_on": None, "change_p": None}, "so a fall at this day is more than chance gives; why, the numbers do not say"),
        ({"high": 0.001}, "95 percent interval from 15.0 lower to 0.1 higher"),
        ({"high": 0.001}, "so no change at this day can be told from chance"),
        ({"p_value": 0.05}, "so no change at this day can be told from chance"),
        ({"difference": 0.1, "low": 0.02, "high": 0.18}, "it was 10.0 points higher"),
        ({"difference": 0.1, "low": 0.02, "high": 0.18}, "interval 2.0 to 18.0 higher"),
        ({"difference": 0.1, "low": 0.02, "high": 0.18}, "so the rise begins at this day"),
        ({"grp": "Harbour"}, "Harbour: After 15 June 2016"),
    ],
)  # fmt: skip
def test_every_condition_has_its_words(changes, follows):
    """One condition otherwise, and the sentence says another thing."""
    words = event_words(SHARE, event("warm", **changes), Scale.SHARE)
    assert follows in words
    clear = "begins at this day" in words or "is more than chance gives" in words
    assert (verdict(event("warm", **changes), Scale.SHARE) is Verdict.CLEAR) == clear


@pytest.mark.parametrize(
    ("on", "changes"),
    [
        (Scale.SHARE, {"high": 0.01, "detectable": 0.69}),
        (Scale.FACTOR, {"high": 0.01, "detectable": 1.0}),
        (Scale.UNIT, {"high": 0.01, "detectable": 0.31}),
        (Scale.SHARE, {"n_after": 0}),
        (Scale.SHARE, {"low": nan}),
        (Scale.SHARE, {"detectable": inf}),
    ],
)
def test_too_little_data_is_said_as_such(on, changes):
    """Where not even everything, or half as much, would have been seen, a standstill is no finding."""
    row = event("warm", **changes)
    assert verdict(row, on) is Verdict.TOO_LITTLE
    words = event_words(SHARE, row, on)
    assert words.startswith("Too little data to tell what changed after 15 June 2016")
    assert "nan" not in words
    assert "inf" not in words


def test_too_little_data_says_what_could_have_been_seen():
    """In both directions, since a factor of two is twice or half as much."""
    words = event_words(
        COUNT, event("loads", **FALL, difference=-0.1, low=-0.6, high=1.0, detectable=1.5), Scale.FACTOR
    )
    assert ": only a rise of 150.0 or a fall of 60.0 percent or more could have been seen; mean before 8,100" in words


def test_a_change_beyond_chance_is_never_too_little():
    """What was seen could be seen."""
    assert verdict(event("warm", detectable=0.9), Scale.SHARE) is Verdict.CLEAR


def test_what_is_no_count_is_told_in_its_unit_and_by_months():
    """There N is the number of months."""
    row = event("hours", **{**FALL, "before": 3.4, "after": 2.9, "n_before": 24, "n_after": 18}, difference=-0.5, low=-0.8,
                high=-0.2, detectable=0.35)  # fmt: skip
    words = event_words(DAYS, row, Scale.UNIT)
    assert "0.5 days lower" in words
    assert "interval 0.2 to 0.8 lower; mean before 3.4, 24 months; after 2.9, 18 months" in words
    assert words.endswith("could have been seen is 0.35 days.")


def test_the_scale_is_that_of_the_engine():
    """A count with a month of nought is no factor; what is held back or not in force does not enter."""
    rows = [figure("loads", month(n), 5.0 + n) for n in range(3)]
    zero = figure("loads", month(3), 0.0)
    assert scale(COUNT, rows, event("loads")) is Scale.FACTOR
    assert scale(COUNT, [*rows, zero], event("loads")) is Scale.UNIT
    assert scale(COUNT, [*rows, {**zero, "in_force": False}], event("loads")) is Scale.FACTOR
    assert scale(COUNT, [*rows, {**zero, "grp": "Harbour"}], event("loads")) is Scale.FACTOR
    assert scale(COUNT, [*rows, {**zero, "value": None, "suppressed": True}], event("loads")) is Scale.FACTOR
    assert scale(SHARE, [share("warm", month(0), 0.0, 50)], event("warm")) is Scale.SHARE
    assert scale(DAYS, rows, event("hours")) is Scale.UNIT


def test_rank_one_is_the_day_itself():
    """Then no other day shows as much; a rank of nought, which no test gives, is no day less than none."""
    assert [others(event("warm", placebo_rank=rank)) for rank in (0, 1, 2)] == [0, 0, 1]


def test_a_break_that_chance_gives_is_none():
    """Only then is it drawn."""
    assert broken_on(event("warm")) == date(2016, 6, 1)
    assert broken_on(event("warm", change_p=0.05)) is None
    assert broken_on(event("warm", change_p=None)) is None


def test_the_body_of_a_card_has_a_clause_for_each_case():
    """Clear with its interval, the others in words."""
    assert (
        short_event(SHARE, event("warm"), Scale.SHARE)
        == "12.0 points lower after 15 June 2016 (interval 9.0 to 15.0 lower)"
    )
    assert short_event(SHARE, event("warm", high=0.1), Scale.SHARE) == "no change that can be laid to 15 June 2016"
    assert short_event(SHARE, event("warm", n_after=0), Scale.SHARE) == (
        "too little data to tell what changed after 15 June 2016"
    )


def test_a_change_is_split_into_records_and_definition():
    """In points of a share, with signs."""
    split = {**tables()["splits"][0], "total": -0.2, "by_records": -0.12, "by_definition": -0.08}
    turned = [row for row in tables()["figures"] if row["indicator_id"] == "turned"]
    assert split_words({**SHARE, "period": "fiscal year"}, split, turned) == (
        "Of the change of -20 points from fiscal year 2013 (over-8) to fiscal year 2018 (over-5), -12 are other records and -8 "
        "another definition."
    )


def test_a_split_of_a_count_is_told_in_its_unit_and_group():
    """A part may go the other way; none has no sign."""
    split = {**tables()["splits"][0], "grp": "Harbour", "by_records": -20.0, "by_definition": 0.0}
    assert split_words(COUNT, split, ()).startswith("Harbour: Of the change of -20 loads from")
    assert split_words(COUNT, split, ()).endswith("-20 are other records and 0 another definition.")
    assert "+220 are other records and -240" in split_words(COUNT, tables()["splits"][0], ())
