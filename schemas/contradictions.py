"""The table contradictions: where sources say different things."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, identifiers, not_blank, one_of, visible


class Contradictions(pa.DataFrameModel):
    """One question that sources answer differently: what each side says, who says so, and what explains it."""

    contradiction_id: str = pa.Field(nullable=False, description="Short name of the contradiction")
    question: str = pa.Field(nullable=False, description="What is in question, put so that it takes no side")
    says_a: str = pa.Field(nullable=False, description="What the first side says, with its figures and its own measure")
    says_b: str = pa.Field(nullable=False, description="What the second side says, likewise")
    explained_by: str = pa.Field(nullable=False, description="What the sides differ in, or unresolved")
    explanation: str = pa.Field(
        nullable=False, description="What explains it, or where nothing does, what would settle it"
    )
    records_a: str = pa.Field(
        nullable=True, description="The evidence records that say what the first side says, separated by spaces"
    )
    sources_a: str = pa.Field(
        nullable=True, description="Documents of the first side that no record carries, separated by spaces"
    )
    records_b: str = pa.Field(nullable=True, description="The records of the second side")
    sources_b: str = pa.Field(nullable=True, description="Documents of the second side that no record carries")
    says_c: str = pa.Field(nullable=True, description="What a third side says, where there is one")
    records_c: str = pa.Field(nullable=True, description="The records of the third side")
    sources_c: str = pa.Field(nullable=True, description="Documents of the third side that no record carries")
    item_ids: str = pa.Field(
        nullable=True, description="Items it bears on besides those of its records, separated by spaces"
    )

    ids = identifiers("contradiction_id")
    questions = at_most(300, "question")
    long = at_most(
        4000,
        "says_a",
        "says_b",
        "says_c",
        "explanation",
        "records_a",
        "records_b",
        "records_c",
        "sources_a",
        "sources_b",
        "sources_c",
        "item_ids",
    )
    reasons = one_of(
        "explained_by",
        "different_measure",
        "different_period",
        "different_population",
        "different_unit",
        "different_release",
        "unresolved",
    )
    seen = visible("question", "says_a", "says_b", "says_c", "explanation")
    filled = not_blank("question", "says_a", "says_b", "explanation")
