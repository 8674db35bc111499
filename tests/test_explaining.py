"""The sentences of an explanation say what happened, and nothing else."""

from typing import Any

import pytest

from scaudit.explaining import rule_lines
from scaudit.rules import load_ruleset

LADDER = load_ruleset("ladder-1")
PLAIN: dict[str, Any] = {
    "reading": "verified", "kind": "policy", "rung": 4, "bound_from": 4, "grade": 2, "evidence_id": "E1",
    "partner_id": None, "first_id": None, "stance": "supports", "tense": "act", "standing": [], "stale": False,
    "against_id": None, "against_grade": None, "judged_on": "2020-01-01",
}  # fmt: skip


def lines(**changed: Any) -> list[str]:
    return rule_lines(LADDER, {**PLAIN, **changed}, 36, 12)


def test_support_alone_is_two_sentences() -> None:
    """What bears most, and that nothing stands against it."""
    assert lines() == [
        "The support that bears most is E1, of grade 2: by itself that is rung 4 for a policy.",
        "Nothing of grade 3 or more stands against it.",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"evidence_id": None}, "No record counts for or against it: rung 0."),
        ({"evidence_id": None, "against_id": "E9", "against_grade": 3}, "E9, of grade 3, speaks against it: rung 1."),
        ({"partner_id": "E2"}, "together with E2"),
        ({"tense": "promise"}, "A promise stops at rung 2."),
        ({"stance": "partly"}, "Partial support stops at rung 3."),
        ({"first_id": "E0"}, "E0 verified it at least 12 months before"),
        (
            {"standing": ["E8", "E9"], "rung": 3, "against_id": "E9"},
            "E8 and E9 stand against the support that keeps this rung, not cured: rung 3.",
        ),
        ({"against_id": "E9"}, "was cured by later support"),
        ({"stale": True}, "over 36 months old on 2020-01-01: stale, and not met."),
    ],
)
def test_each_rule_that_fired_is_said(changed: dict[str, Any], said: str) -> None:
    """A reader can redo the rung from these lines."""
    assert said in " ".join(lines(**changed))
    assert said not in " ".join(lines())


def test_the_claimed_reading_never_calls_a_record_cured() -> None:
    """There, what others hold against it does not stand; that is not the same as being answered."""
    said = " ".join(lines(reading="claimed", against_id="E9"))
    assert "does not stand in this reading" in said
    assert "was cured" not in said
