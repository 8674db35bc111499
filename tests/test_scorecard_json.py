"""The JSON of cards and editions: the shape that other programs read."""

import json
from datetime import date

from scaudit.scorecard.card_json import audit_json, canonical, card_json
from scorecard_factory import some_results

RESULTS = some_results()
AUDIT = audit_json(RESULTS, ["overview.pdf"])


def test_the_edition_has_the_fixed_keys():
    """The shape is fixed from the first day."""
    assert list(AUDIT) == [
        "schema", "edition", "as_of", "known_on", "ruleset", "data_digest", "read", "loaded", "quarantined", "items", "files",
    ]  # fmt: skip
    assert AUDIT["schema"] == "scaudit/audit/1"
    assert AUDIT["as_of"] == "2019-12-31"
    assert AUDIT["files"] == ["overview.pdf"]


def test_an_item_has_the_fixed_keys():
    """Statuses are tokens, progress is counts."""
    item = AUDIT["items"][0]
    assert list(item) == ["id", "kind", "title", "status", "flags", "progress", "criteria", "claims"]
    assert item["status"] == {"verified": "under_way", "claimed": "partly_verified"}
    assert item["progress"] == {"required": 5, "met_low": 1, "met_high": 3}


def test_a_criterion_has_the_fixed_keys():
    """Rungs are integers, moves are objects or null, counts are rows."""
    criterion = AUDIT["items"][0]["criteria"][0]
    assert criterion == {
        "id": "SYN-1/R1.a", "kind": "policy", "required": True, "rung": {"verified": 5, "claimed": 6}, "flags": [],
        "binding_evidence": {"verified": ["S001"], "claimed": ["S003"]}, "would_raise": None,
        "would_lower": {"grade": 4, "to": 3, "words": "A court or auditor finding, later than the support, that it is not done."},
        "evidence": {"counted": 4, "context": 0, "held_back": 0, "baseline": 1, "aftermath": 0, "not_yet": 0, "replaced": 0},
    }  # fmt: skip


def test_claims_stand_apart_from_criteria():
    """Claims enter neither status nor progress."""
    item = next(item for item in AUDIT["items"] if item["id"] == "PLEA/II")
    assert [claim["standing"] for claim in item["claims"]] == ["established", "unexamined", "disputed"]
    assert len(item["criteria"]) == 8
    assert list(item["claims"][0]) == ["id", "standing", "evidence"]


def test_a_card_has_every_record_with_its_grade_use_and_reason():
    """Every printed figure recomputes from the data of the card."""
    card = card_json(RESULTS, "PLEA/II")
    rows = [record for part in ("criteria", "claims") for row in card[part] for record in row["records"]]
    assert len(rows) == len(RESULTS.item_records("PLEA/II"))
    assert all(row["reason"] and row["disposition"] and isinstance(row["grade"], int) for row in rows)


def test_json_is_canonical_and_free_of_row_order():
    """The same results give the same bytes, with a newline at the end."""
    turned = some_results(records=tuple(reversed(RESULTS.records)), sources=dict(reversed(RESULTS.sources.items())))
    assert canonical(card_json(turned, "PLEA/II")) == canonical(card_json(RESULTS, "PLEA/II"))
    assert canonical(AUDIT).endswith("}\n")
    assert json.loads(canonical(AUDIT)) == AUDIT


def test_text_is_written_as_it_is():
    """UTF-8, no escapes for letters."""
    assert "5 °C" in canonical(card_json(RESULTS, "SYN-1/R1"))


def test_a_card_has_the_second_look():
    """What its pictures and annexes show is in the data, and only what belongs to the item."""
    card = card_json(RESULTS, "SYN-1/R1")
    assert len(card["trajectory"]) == 6 * 2 * 4
    assert card["trajectory"][0] == {
        "criterion_id": "SYN-1/R1.a", "reading": "claimed", "day_id": "directive", "day": date(2014, 9, 1), "rung": 2,
        "stale": False, "flags": [],
    }  # fmt: skip
    assert [row["label"] for row in card["viewpoints"]][-1] == "Report 4/2014"
    assert all(row["criterion_id"].startswith("SYN-1/R1.") for each in card["viewpoints"] for row in each["seen"])
    assert [len(card["sensitivity"][key]) for key in ("tried", "shifts", "status_shifts")] == [5, 3, 1]
    assert [row["evidence_id"] for row in card["left_out"]] == ["S001", "S005", "S010"]
    assert [row["contradiction_id"] for row in card["contradictions"]] == ["K1", "K2"]
    assert len(card["conflicts"]) == 3
    assert json.loads(canonical(card))["conflicts"][0]["overlap_from"] == "2016-01-01"


def test_the_second_look_of_a_claim_is_in_its_card():
    """A claim has a standing in a viewpoint, and no rung."""
    seen = [row for each in card_json(RESULTS, "PLEA/II")["viewpoints"] for row in each["seen"]]
    assert [(row["rung"], row["standing"]) for row in seen if row["criterion_id"] == "PLEA/II.x1"] == [
        (None, "supported")
    ]


def test_the_second_look_is_free_of_row_order():
    """Like everything else on a card."""
    names = (
        "points",
        "viewpoints",
        "seen",
        "choices",
        "shifts",
        "status_shifts",
        "left_out",
        "contradictions",
        "conflicts",
    )
    turned = some_results(**{name: tuple(reversed(getattr(RESULTS, name))) for name in names})
    for item_id in ("SYN-1/R1", "PLEA/II"):
        assert canonical(card_json(turned, item_id)) == canonical(card_json(RESULTS, item_id))
