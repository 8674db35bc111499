"""The table stakeholders: who gets which scorecards, and by which way."""

from __future__ import annotations

import pandera.polars as pa

from scaudit.constraints import (
    at_most,
    booleans,
    delivery_addresses,
    identifiers,
    languages,
    not_blank,
    one_line,
    one_of,
    visible,
)


class Stakeholders(pa.DataFrameModel):
    """One person or office that is to get scorecards. No word of this table is in anything that is published."""

    stakeholder_id: str = pa.Field(nullable=False, description="Short name of the stakeholder")
    name: str = pa.Field(nullable=False, description="Name of the person or office, as a mail addresses it")
    channel: str = pa.Field(nullable=False, description="email: by mail; folder: into a folder of the deliveries")
    address: str = pa.Field(nullable=False, description="One e-mail address, or a path inside the folder of deliveries")
    items: str = pa.Field(nullable=False, description="The items subscribed to, separated by spaces; or all")
    what: str = pa.Field(nullable=False, description="What is sent: the overview, the cards of the items, or both")
    occasion: str = pa.Field(nullable=False, description="When it is sent: every edition, or only what changed")
    active: str = pa.Field(nullable=False, description="false for one that gets nothing now")
    body_id: str = pa.Field(nullable=True, description="The body it belongs to; empty for none")
    role: str = pa.Field(nullable=True, description="What it does there")
    language: str = pa.Field(nullable=True, description="The language of the mail; empty for en")

    ids = identifiers("stakeholder_id", "body_id")
    lengths = at_most(200, "name", "role")
    long = at_most(4000, "items")
    channels = one_of("channel", "email", "folder")
    addresses = delivery_addresses("address")
    parts = one_of("what", "overview", "cards", "both")
    occasions = one_of("occasion", "every_edition", "only_changes")
    yes_or_no = booleans("active")
    tongues = languages("language")
    seen = visible("name", "address", "items", "role")
    lines = one_line("name", "role")
    filled = not_blank("name")
