"""Viewpoints: the verified rule over the records of some bodies or documents alone (method, section 5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scaudit.scoring import Reading, audit_readings, score, viewpoint_readings
from scoring_tables import (
    AS_OF,
    FROM,
    KINDS,
    LADDER,
    Registry,
    Row,
    Scored,
    connect,
    crowded,
    fill,
    fill_table,
    graded,
    record,
)

AGAINST = "contradicts"
DAY = date.fromisoformat(AS_OF)


def view(name: str, *kinds: str, sources: Sequence[str] = ()) -> Row:
    return {"viewpoint_id": name, "label": name, "body_kinds": list(kinds) or None, "source_ids": list(sources) or None}


def readings(views: Sequence[Row]) -> list[Reading]:
    verified, claimed = audit_readings(DAY, DAY)
    return [verified, claimed, *viewpoint_readings([row["viewpoint_id"] for row in views], verified)]


class Seen:
    """What every viewpoint sees of some records."""

    def __init__(self, views: Sequence[Row], *evidence: Row) -> None:
        con = connect()
        con.execute("pragma disable_optimizer")
        fill(con, Registry(evidence, viewpoints=views))
        score(con, LADDER, readings(views), date.fromisoformat(FROM))
        self.result = Scored(con)
        self.rows = {(row["viewpoint_id"], row["criterion_id"]): row for row in self.result.dicts("from result.seen")}

    def rung(self, name: str, of: str = "practice") -> int | None:
        """The rung that a viewpoint sees, None where it is silent."""
        row = self.rows.get((name, of))
        return row and row["rung"]

    def holds(self, name: str) -> set[str]:
        query = "select evidence_id from step.admitted where reading_id = 'view/' || ?"
        return {record_id for (record_id,) in self.result.all(query, name)}


def test_the_same_rule_over_the_records_of_some_bodies() -> None:
    """Each concludes what its own records bear; two bear more together than each alone."""
    seen = Seen(
        [view("auditors", "auditor"), view("researchers", "researcher"), view("towns", "local_government"),
         view("outside", "researcher", "local_government"), view("agencies", "agency")],
        *(graded(f"a-{of}", 3, of=of) for of in ("policy", "practice")),
        *(graded(f"b-{of}", 3, of=of, origin="CITY") for of in ("policy", "practice")),
        graded("c-practice", 5, on="2014-06-01"),
    )  # fmt: skip
    names = ("auditors", "researchers", "towns", "outside", "agencies")
    assert {name: seen.rung(name, "policy") for name in names} == {
        "auditors": None, "researchers": 4, "towns": 4, "outside": 5, "agencies": None,
    }  # fmt: skip
    assert [seen.rung(name) for name in names] == [5, 4, 4, 4, None]
    assert (seen.result.rung("policy"), seen.result.rung()) == (5, 5)
    assert seen.rows["outside", "policy"]["binding"] == ["b-policy", "a-policy"]


def test_a_record_outside_a_viewpoint_is_not_there() -> None:
    """Neither for nor against, nor among what is set aside."""
    seen = Seen(
        [view("auditors", "auditor"), view("researchers", "researcher")],
        graded("a", 5, on="2014-01-01"),
        graded("x", 4, AGAINST, "2014-06-01"),
    )
    assert (seen.holds("auditors"), seen.holds("researchers")) == ({"a"}, {"x"})
    assert (seen.rung("auditors"), seen.rung("researchers"), seen.result.rung()) == (5, 1, 3)
    assert seen.rows["researchers", "practice"] == {
        "viewpoint_id": "researchers", "criterion_id": "practice", "records": 1, "rung": 1, "stale": False,
        "standing": None, "binding": [], "against_id": "x",
    }  # fmt: skip


def test_a_record_belongs_to_the_documents_in_which_it_was_read_and_which_it_quotes() -> None:
    """Whatever its origin; and it may belong to several viewpoints."""
    seen = Seen(
        [view("report", sources=["by INSPECTOR"]), view("paper", sources=["by PAPER", "by UNION"]),
         view("researchers", "researcher"), view("either", "court", sources=["by CITY"])],
        record("read", "UNIVERSITY", publisher="INSPECTOR"),
        record("quoted", "UNIVERSITY", publisher="PAPER", quoted_source_id="by INSPECTOR"),
        record("told", "CITY", publisher="PAPER"),
        record("court", "COURT"),
        record("town", "AGENCY", publisher="CITY"),
    )  # fmt: skip
    assert {name: seen.holds(name) for name in ("report", "paper", "researchers", "either")} == {
        "report": {"read", "quoted"},
        "paper": {"quoted", "told"},
        "researchers": {"read", "quoted"},
        "either": {"court", "town"},
    }


def test_a_viewpoint_without_a_counted_record_is_silent() -> None:
    """Rows of context, of before the window, or held back, say nothing; silence is no rung."""
    seen = Seen(
        [view("auditors", "auditor"), view("press", "press")],
        graded("a", 5, "context"), graded("b", 5, on="2011-06-01"), graded("c", 5, on="2014-01-01", locator=None),
        graded("d", 5, on="2014-01-01", recorded="2015-06-01"),
    )  # fmt: skip
    assert seen.rows == {}
    assert seen.holds("auditors") == {"a", "b", "c", "d"}


def test_the_body_s_own_viewpoint_is_not_the_claimed_reading() -> None:
    """Its statement is an assertion there too."""
    seen = Seen([view("agencies", "agency")], graded("a", 1))
    assert (seen.rung("agencies"), seen.result.rung(reading="claimed")) == (2, 5)


def test_only_a_successor_that_the_viewpoint_has_replaces() -> None:
    """A viewpoint is read as if its records were all there are."""
    row = graded("a", 5, on="2014-01-01")
    for origin, rungs in (("UNIVERSITY", (5, 4)), ("INSPECTOR", (4, 4))):
        successor = record("b", origin, on="2014-02-01", basis="document" if origin == "UNIVERSITY" else "statement",
                           replaces="a")  # fmt: skip
        seen = Seen([view("auditors", "auditor")], row, successor)
        assert (seen.rung("auditors"), seen.result.rung()) == rungs


def test_a_viewpoint_may_be_stale() -> None:
    """As the whole record would be, were this all of it."""
    seen = Seen(
        [view("auditors", "auditor"), view("boards", "oversight_body")],
        graded("a", 5),
        graded("b", 5, on="2013-10-01", origin="BOARD"),
    )
    stale = {name: (row["rung"], row["stale"]) for (name, _), row in seen.rows.items()}
    assert stale == {"auditors": (5, True), "boards": (5, False)}
    assert seen.result.rung_row()["stale"] is False


def test_a_viewpoint_on_a_claim_is_its_standing() -> None:
    """With the best record for it and the best against it; of equals the latest, and of those printed as one the first."""
    seen = Seen(
        [view("researchers", "researcher"), view("advocates", "advocate"), view("courts", "court")],
        graded("a", 3, of="claim"), graded("b", 4, of="claim", on="2013-05-01"),
        graded("c", 4, of="claim", on="2013-05-01"), graded("d", 4, of="claim", on="2013-04-01", origin="INSTITUTE"),
        record("e", "COALITION", basis="statement", of="claim"), record("x", "COURT", AGAINST, of="claim"),
    )  # fmt: skip
    told = {name: (row["standing"], row["rung"], row["stale"], row["binding"], row["against_id"], row["records"])
            for (name, _), row in seen.rows.items()}  # fmt: skip
    assert told == {
        "researchers": ("corroborated", None, False, ["b"], None, 4),
        "advocates": ("unexamined", None, False, ["e"], None, 1),
        "courts": ("not_borne_out", None, False, [], "x", 1),
    }


# --- over a generated registry ------------------------------------------------------------------------------------

#: Every kind of body is in one of these and in no other.
EIGHT = [
    *(view(kind, kind) for kind in ("agency", "auditor", "researcher", "advocate", "press", "local_government")),
    view("oversight", "oversight_body", "court"),
    view("lawmakers", "legislature"),
]


def test_what_counts_counts_in_exactly_one_of_eight_viewpoints() -> None:
    """Kinds of bodies that leave none out and overlap nowhere share out the record."""
    assert sorted(kind for row in EIGHT for kind in row["body_kinds"]) == sorted(set(KINDS.values()))
    with connect() as con:
        fill(con, replace(crowded(41), viewpoints=EIGHT))
        score(con, LADDER, readings(EIGHT), date.fromisoformat(FROM))
        query = "select evidence_id from step.admitted where reading_id {} and disposition = 'counted' order by all"
        whole, parts = (con.execute(query.format(one)).fetchall() for one in ("= 'verified'", "like 'view/%'"))
    assert len(parts) == len(set(parts))
    assert set(whole) <= set(parts)  # a record replaced from outside its viewpoint counts there
    assert len(whole) > 300


def test_a_viewpoint_sees_what_its_records_alone_would_give() -> None:
    """Each against a plain scoring of a registry that has no other records."""
    world = replace(crowded(42, 200), viewpoints=EIGHT)
    of = {kind: row["viewpoint_id"] for row in EIGHT for kind in row["body_kinds"]}
    with connect() as con:
        fill(con, world)
        score(con, LADDER, readings(EIGHT), date.fromisoformat(FROM))
        found = _stands(con, "like 'view/%'")
        seen = {(f"view/{name}", criterion_id): (stand, stale) for name, criterion_id, stand, stale in con.execute(
            "select viewpoint_id, criterion_id, coalesce(standing, cast(rung as varchar)), stale from result.seen"
        ).fetchall()}  # fmt: skip
        expected = {}
        spoken = set()
        for row in EIGHT:
            name = row["viewpoint_id"]
            fill_table(con, "evidence", [one for one in world.evidence if of[KINDS[one["origin_id"]]] == name])
            score(con, LADDER, audit_readings(DAY, DAY), date.fromisoformat(FROM))
            expected |= {(f"view/{name}", key): stand for (_, key), stand in _stands(con, "= 'verified'").items()}
            counted = "select distinct criterion_id from step.admitted where disposition = 'counted'"
            spoken |= {(f"view/{name}", key) for (key,) in con.execute(counted).fetchall()}
    assert found == expected
    assert seen == {key: expected[key] for key in spoken}


def _stands(con: Any, which: str) -> dict[tuple[str, str], tuple[str, bool]]:
    """Rung or standing, and whether it is stale, by reading and criterion."""
    rows = con.execute(
        f"""select reading_id, criterion_id, cast(rung as varchar), stale from result.rungs where reading_id {which}
        union all select reading_id, criterion_id, standing, false from result.claims where reading_id {which}"""
    ).fetchall()
    return {(reading_id, name): (stand, stale) for reading_id, name, stand, stale in rows}


def test_viewpoints_change_nothing_of_the_audit() -> None:
    """The two readings are the same with them and without."""
    with connect() as con:
        found = []
        for views in ([], EIGHT):
            fill(con, replace(crowded(43), viewpoints=views))
            score(con, LADDER, readings(views), date.fromisoformat(FROM))
            queries = [f"select * from result.{name} where reading_id in ('verified', 'claimed') order by all"
                       for name in ("rungs", "flags", "claims", "items", "item_flags")]  # fmt: skip
            queries += ["from result.records order by all", "from result.conflicts order by all"]
            found.append([con.execute(query).fetchall() for query in queries])
    assert found[0] == found[1]
