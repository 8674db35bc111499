"""The real inputs: nothing invented, nothing dropped, and what the record must read as."""

import csv
import hashlib
import re
from collections import Counter
from datetime import date
from itertools import accumulate
from pathlib import Path

import pytest

from conftest import examined
from scaudit import outcome, warehouse
from scaudit.checking import check
from scaudit.project import find_project
from scaudit.reading import read_inputs
from scaudit.reasoning import explanations
from scaudit.results import Results

ROOT = Path(__file__).resolve().parents[1]
FACTS = {f"F{number:03}" for number in range(1, 305)}
TODAY = date(2026, 11, 21)


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / "inputs" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read(as_of: date, known_on: date = TODAY) -> Results:
    results, report = examined(as_of, known_on)
    assert report.quarantined == 0
    return results


@pytest.fixture(scope="module")
def at_the_end() -> Results:
    return read(date(2014, 11, 20))


def test_every_fact_is_a_record_or_is_named_with_a_reason() -> None:
    """304 facts were researched: each gave records or stands among the unused, never both, never neither."""
    used = {row["fact_id"] for row in table("evidence")}
    unused = {row["fact_id"] for row in table("unused_facts") if row["reason"]}
    assert used | unused == FACTS
    assert used & unused == set()


def test_all_sources_are_there_and_records_name_them() -> None:
    """186 sources that were read, and the files of records that nobody has put here; a record without one is invented."""
    sources = {row["source_id"] for row in table("sources")}
    assert len(sources - {"ICE-RECORDS"}) == 186
    assert {row["source_id"] for row in table("evidence")} <= sources


def test_records_of_one_fact_say_the_same_finding() -> None:
    """A fact may bear on several criteria; what was found stays what it is."""
    findings: dict[str, set[tuple[str, str, str]]] = {}
    for row in table("evidence"):
        findings.setdefault(row["fact_id"], set()).add((row["finding"], row["source_id"], row["locator"]))
    assert {fact for fact, said in findings.items() if len(said) > 1} == set()


def test_every_record_says_why_it_was_coded_so_in_under_twenty_words() -> None:
    """Each coding can be disputed on its own reason."""
    assert [row["evidence_id"] for row in table("evidence") if not 0 < len(row["coding_note"].split()) < 20] == []


def test_the_quoted_report_is_named_where_the_auditor_is_read_elsewhere() -> None:
    """What the auditor found and others told names one of the two reports; nobody else's word does."""
    told = {
        row["evidence_id"]
        for row in table("evidence")
        if row["origin_id"] == "DHS-OIG" and not row["source_id"].startswith("OIG-")
    }
    quoted = {row["evidence_id"]: row["quoted_source_id"] for row in table("evidence") if row["quoted_source_id"]}
    assert set(quoted) == told
    assert set(quoted.values()) == {"OIG-12-66", "OIG-12-64"}
    assert (quoted["F089-1"], quoted["F117-2"]) == ("OIG-12-66", "OIG-12-64")


def test_every_kind_of_body_has_one_viewpoint() -> None:
    """Every record with an origin is somebody's, and nobody's twice; two viewpoints are the two reports."""
    kinds = [kind for row in table("viewpoints") for kind in row["body_kinds"].split()]
    assert sorted(kinds) == sorted(set(kinds)) == sorted({row["kind"] for row in table("bodies")})
    assert [row["source_ids"] for row in table("viewpoints") if not row["body_kinds"]] == ["OIG-12-66", "OIG-12-64"]


def test_the_register_holds_the_eighteen_contradictions() -> None:
    """Each side that speaks names a record or a source; no record stands on two sides of one question."""
    rows = table("contradictions")
    assert [row["contradiction_id"] for row in rows] == [f"C{number:02}" for number in range(1, 19)]
    for row in rows:
        named = [record for side in "abc" for record in row[f"records_{side}"].split()]
        assert sorted(set(named)) == sorted(named)
        assert [bool(row[f"says_{side}"]) for side in "abc"] == [
            bool(row[f"records_{side}"] + row[f"sources_{side}"]) for side in "abc"
        ]
        assert row["says_a"]
        assert row["says_b"]


def test_every_record_in_the_register_exists_and_has_a_criterion() -> None:
    """Also those that only an explanation names."""
    criteria = {row["criterion_id"] for row in table("criteria")}
    known = {row["evidence_id"] for row in table("evidence") if row["criterion_id"] in criteria}
    named = {record for row in table("contradictions") for record in re.findall(r"F\d{3}-\d", " ".join(row.values()))}
    assert len(named) > 100
    assert named <= known


def test_all_records_of_a_fact_stand_on_the_same_side() -> None:
    """What a fact says does not depend on the criterion that it is read for."""
    facts: dict[str, set[str]] = {}
    for row in table("evidence"):
        facts.setdefault(row["fact_id"], set()).add(row["evidence_id"])
    for row in table("contradictions"):
        for side in "abc":
            listed = set(row[f"records_{side}"].split())
            assert listed == set().union(*(facts[record.partition("-")[0]] for record in listed))


COLLECTED = "b68492753e0b3a6b294769c63f9fc276c046826edc10db5e353607eff31b4c71"
"""SHA-256 of the list of statistics as it was collected: period, place, value, source and place in it, line by line."""


def test_every_statistic_of_the_list_stands_as_it_was_collected() -> None:
    """299 values in the order of the list, unchanged, and the letter's two percentages, which it lacks."""
    rows = table("statistics")
    assert [row["statistic_id"] for row in rows] == [f"S{number:03}" for number in range(1, 302)]
    places = {"50 states and DC": "US counties and equivalents (50 states and DC)"}
    columns = ("period_from", "period_to", "geography", "value", "source_id", "locator")
    lines = ["|".join(places.get(row[name], row[name]) for name in columns) for row in rows[:299]]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == COLLECTED
    own = [(row["value"], row["source_id"], row["locator"]) for row in rows[299:]]
    assert own == [(value, "COALITION-LETTER-2011", "section III") for value in ("74", "60")]
    (finding,) = {row["finding"] for row in table("evidence") if row["fact_id"] == "F152"}
    assert "74 percent" in finding
    assert "60 percent" in finding


def test_every_series_has_values_and_every_value_its_series() -> None:
    """No series is there for nothing; its name says nothing twice."""
    series = {row["series_id"]: row for row in table("series")}
    assert {row["series_id"] for row in table("statistics")} == set(series)
    assert (
        len({row["title"] for row in series.values()}) == len({row["counts"] for row in series.values()}) == len(series)
    )


def test_counties_add_up() -> None:
    """Months make the running total on each last day, and states its end."""
    values: dict[str, dict[str, int]] = {}
    for row in table("statistics"):
        if row["source_id"] == "PNAS-DATA":
            place = row["geography"] if row["series_id"].endswith("state") else row["period_to"]
            values.setdefault(row["series_id"], {})[place] = int(row["value"])
    months, total = values["counties_activated_in_month"], values["counties_activated_cumulative"]
    assert list(accumulate(months.values())) == list(total.values())
    assert months.keys() == total.keys()
    assert sum(values["counties_activated_by_state"].values()) == total["2013-01-31"] == 3143
    for day, value in values["counties_activated_at_milestone"].items():
        before, after = (compare(total, day) for compare in (_last_before, _first_from))
        assert before <= value <= after


def _last_before(total: dict[str, int], day: str) -> int:
    return max(value for last, value in total.items() if last < day)


def _first_from(total: dict[str, int], day: str) -> int:
    return min(value for last, value in total.items() if last >= day)


def test_parts_and_wholes_are_values_of_the_table_for_the_same_time() -> None:
    """None is computed; only the number of respondents stands nowhere else in the table."""
    rows = table("statistics")
    told = {(row["period_from"], row["period_to"], row["value"]) for row in rows}
    given = [
        (row["period_from"], row["period_to"], row[name])
        for row in rows
        for name in ("numerator", "denominator")
        if row[name]
    ]
    assert len(given) > 10
    assert {number for _, _, number in set(given) - told} == {"2004"}


def test_a_release_is_the_day_of_the_source_of_a_publisher_with_several() -> None:
    """Rule V6 of the codebook."""
    sources = {row["source_id"]: row for row in table("sources")}
    rows = table("statistics")
    used = {row["source_id"] for row in rows}
    count = Counter(sources[source]["publisher_id"] for source in used)
    days = {
        source: sources[source]["published_on"] if count[sources[source]["publisher_id"]] > 1 else "" for source in used
    }
    days["TRAC-479"] = "2017-08-30"
    assert {row["source_id"]: row["release"] for row in rows} == days


def test_the_two_74_percent_are_two_series_under_two_versions() -> None:
    """One counts people with a conviction, the other people outside the serious profile."""
    series = {row["series_id"]: row for row in table("series")}
    named = {
        row["source_id"]: series[row["series_id"]]
        for row in table("statistics")
        if row["value"] == "74" and row["unit"] == "percent"
    }
    assert set(named) == {"GAO-12-708", "COALITION-LETTER-2011"}
    versions = {(row["term"], row["version"]) for row in named.values()}
    assert versions == {("criminal_alien", "gao-convicted"), ("criminal_alien", "coalition-serious")}
    rules = {(row["term"], row["version"]): row["members"] for row in table("definitions")}
    assert {rules[version] for version in versions} == {"convicted", "serious_crime"}
    assert named["GAO-12-708"]["better"] != named["COALITION-LETTER-2011"]["better"]


def test_the_definitions_that_move_are_there() -> None:
    """Each with what came before or after it, and what is not known in words."""
    versions: dict[str, list[str]] = {}
    for row in table("definitions"):
        if row["version"] not in versions.setdefault(row["term"], []):
            versions[row["term"]].append(row["version"])
    moving = (
        "level_1",
        "offence_counted_as_crime",
        "minor_traffic_target",
        "enforcement_priority",
        "detainer_criteria",
    )
    assert all(len(versions[term]) > 1 for term in moving)
    assert {"level_2", "level_3", "criminal_alien"} < set(versions)
    unread = [row["version"] for row in table("definitions") if row["members"] == "not_read"]
    assert unread == ["june-2010"]


def test_the_disagreements_of_the_sources_are_the_known_ones() -> None:
    """Two releases on detainers in two years, and two counts of removals up to March 2012; no other values clash."""
    with warehouse.connect() as con:
        project = find_project(ROOT)
        read_inputs(con, project)
        check(con, project)
        found = [(row["family"], row["source_id"], row["value"]) for row in outcome.rows(con, "disagreements")]
    assert found == [
        ("detainers", "TRAC-370", 273982),
        ("detainers", "TRAC-511", 276181),
        ("detainers", "TRAC-370", 213325),
        ("detainers", "TRAC-511", 209208),
        ("sc_removals_cumulative", "CIS-VAUGHAN-2012", 176000),
        ("sc_removals_cumulative", "GAO-12-708", 183000),
    ]


def test_there_are_exactly_nine_items() -> None:
    """Three recommendations and six concerns."""
    items = {row["item_id"] for row in table("recommendations")}
    assert items == {f"OIG-12-66/R{n}" for n in (1, 2, 3)} | {
        f"LETTER/{n}" for n in ("I", "II", "III", "IV", "V", "VI")
    }


def test_what_we_add_to_see_the_effect_is_not_required() -> None:
    """`required` is true only where the document asks in words."""
    added = {row["criterion_id"] for row in table("criteria") if row["kind"] != "claim" and row["required"] == "false"}
    assert added == {
        *("OIG-12-66/R1.e-result", "OIG-12-66/R2.e", "OIG-12-66/R3.c", "LETTER/IV.d", "LETTER/V.b-result"),
    }


def test_no_recommendation_comes_out_as_verified_on_any_reading_day() -> None:
    """The record closes none of the three."""
    days = [date.fromisoformat(row["day"]) for row in table("reading_days")]
    for day in [*days, TODAY]:
        statuses = [
            row for row in read(day).item_status if row["item_id"].startswith("OIG") and row["reading"] == "verified"
        ]
        assert {row["status"] for row in statuses} <= {"unknown", "no_action", "announced", "under_way"}


@pytest.mark.parametrize("criterion", ["OIG-12-66/R3.b", "LETTER/VI.b", "LETTER/I.d-ownership", "LETTER/II.e"])
def test_where_the_record_is_silent_the_rung_is_unknown_in_both_readings(at_the_end: Results, criterion: str) -> None:
    """No document was found, and nobody claims one."""
    (found,) = explanations(at_the_end, criterion)
    assert found.verified is not None
    assert found.claimed is not None
    assert (found.verified["rung"], found.claimed["rung"]) == (0, 0)


@pytest.mark.parametrize(
    ("criterion", "verified", "claimed"),
    [
        ("OIG-12-66/R1.c", 3, 3),
        ("OIG-12-66/R1.d", 3, 3),
        ("LETTER/I.c", 4, 5),
        ("LETTER/I.e", 3, 3),
        ("LETTER/III.b", 3, 3),
        ("LETTER/V.b-policy", 5, 5),
        ("LETTER/V.b-result", 3, 3),
        ("LETTER/VI.a-policy", 4, 5),
        ("LETTER/VI.a-result", 1, 1),
        ("LETTER/VI.d-policy", 4, 5),
        ("LETTER/VI.d-practice", 3, 3),
    ],
)
def test_rungs_that_a_fair_member_of_either_side_accepts(
    at_the_end: Results, criterion: str, verified: int, claimed: int
) -> None:
    """The contested criteria at the end of the programme; a change here needs a reason in the changelog."""
    (found,) = explanations(at_the_end, criterion)
    assert found.verified is not None
    assert found.claimed is not None
    assert (found.verified["rung"], found.claimed["rung"]) == (verified, claimed)


def test_two_days_differ_and_the_records_behind_them_are_named(at_the_end: Results) -> None:
    """What the record showed in June 2011 is not what it showed when the programme ended."""
    before = {row["criterion_id"]: row for row in read(date(2011, 6, 17)).rungs if row["reading"] == "verified"}
    after = {row["criterion_id"]: row for row in at_the_end.rungs if row["reading"] == "verified"}
    moved = [key for key, row in after.items() if row["rung"] != before[key]["rung"]]
    assert "LETTER/VI.d-policy" in moved
    assert after["LETTER/VI.d-policy"]["binding"] == ["F271-1"]
    assert before["LETTER/VI.d-policy"]["binding"] == []


def test_an_act_before_the_report_is_baseline(at_the_end: Results) -> None:
    """The letter to governors of August 2011 predates the audit and is no answer to it."""
    records = {record["evidence_id"]: record for record in at_the_end.records}
    assert records["F009-1"]["disposition"] == "baseline"


def test_the_letter_is_no_proof_of_itself(at_the_end: Results) -> None:
    """What only the coalition says leaves a claim unexamined."""
    own = [record for record in at_the_end.records if record["source_id"] == "COALITION-LETTER-2011"]
    assert {record["grade"] for record in own if ".claim-" in record["criterion_id"]} == {1}
    assert at_the_end.standings["LETTER/V.claim-1"] == "unexamined"
