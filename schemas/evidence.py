"""The table evidence: what is known."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import at_most, booleans, identifiers, not_blank, one_of, partial_dates, visible


class Evidence(pa.DataFrameModel):
    """One finding of one source about one criterion, in our own words."""

    evidence_id: str = pa.Field(nullable=False, description="Name of the record")
    criterion_id: str = pa.Field(nullable=False, description="The criterion it is about")
    source_id: str = pa.Field(nullable=False, description="The document it was read in")
    locator: str = pa.Field(nullable=True, description="The place in that document; a record without one is held back")
    origin_id: str = pa.Field(nullable=False, description="The body whose knowledge it rests on, whoever printed it")
    stance: str = pa.Field(nullable=False, description="Towards the criterion being met, or for a claim being true")
    basis: str = pa.Field(
        nullable=False,
        description="statement: said; document: the thing itself; data: figures; inspection: seen there",
    )
    tense: str = pa.Field(nullable=False, description="promise: to come; act: done; observation: seen to be so")
    event_from: str = pa.Field(
        nullable=True, description="When the fact began to hold; a record without a date is held back"
    )
    finding: str = pa.Field(nullable=False, description="What the source shows, in our own words")
    method_stated: str = pa.Field(
        nullable=True, description="true where the text that was read says how it knows; empty means false"
    )
    event_to: str = pa.Field(nullable=True, description="Until when the fact held; empty for the end of event_from")
    recorded_on: str = pa.Field(
        nullable=True,
        description="The day from which it could be known publicly; empty for the date of the source",
    )
    reliability: str = pa.Field(nullable=True, description="Admiralty code of the source, A to F")
    credibility: str = pa.Field(nullable=True, description="Admiralty code of the information, 1 to 6")
    expires_on: str = pa.Field(nullable=True, description="The day after which the record no longer holds")
    replaces: str = pa.Field(nullable=True, description="The earlier record that this one takes the place of")
    coding_note: str = pa.Field(nullable=True, description="Why it was coded so")
    fact_id: str = pa.Field(nullable=True, description="The fact in the list of facts that it comes from")
    quoted_source_id: str = pa.Field(
        nullable=True, description="The document whose finding it relays, where it was read in another document"
    )

    ids = identifiers(
        "evidence_id", "criterion_id", "source_id", "origin_id", "replaces", "fact_id", "quoted_source_id"
    )
    short = at_most(300, "locator")
    long = at_most(4000, "finding", "coding_note")
    stances = one_of("stance", "supports", "partly", "contradicts", "context")
    bases = one_of("basis", "statement", "document", "data", "inspection")
    tenses = one_of("tense", "promise", "act", "observation")
    yes_or_no = booleans("method_stated")
    dates = partial_dates("event_from", "event_to", "recorded_on", "expires_on")
    sources_graded = one_of("reliability", "A", "B", "C", "D", "E", "F")
    findings_graded = one_of("credibility", "1", "2", "3", "4", "5", "6")
    seen = visible("locator", "finding", "coding_note")
    filled = not_blank("finding")
