"""The input tables: their columns, which of them a file must have, their keys and what each column becomes.

Column names are fixed: people and other programs write these files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ALL = "all"
"""The word that stands for every item in a list of items."""


@dataclass(frozen=True)
class Table:
    """One input table.

    `mandatory` columns must be in every file; `optional` ones may be absent and are NULL then.
    `key` names the columns that identify a row. `required` tables must have a file with at least one row. The rows of
    `private` ones, such as addresses, are in nothing that is published, and change nothing in it.
    """

    name: str
    required: bool
    mandatory: tuple[str, ...]
    optional: tuple[str, ...]
    key: tuple[str, ...]
    private: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the contract, mandatory ones first."""
        return self.mandatory + self.optional


@dataclass(frozen=True)
class Reference:
    """A column that names rows of another table by one column, mostly that table's key.

    In a list, the word `whole` stands for all rows and names none.
    """

    table: str
    column: str
    parent: str
    parent_key: str
    whole: str | None = None


def _table(
    name: str, mandatory: str, optional: str, key: str, required: bool = False, *, private: bool = False
) -> Table:
    return Table(name, required, tuple(mandatory.split()), tuple(optional.split()), tuple(key.split()), private)


_ALL = (
    _table("bodies", "body_id name kind", "parent_id independent_by_statute", "body_id", True),
    _table(
        "sources",
        "source_id title publisher_id published_on",
        "url copy sha256 seen note",
        "source_id",
        True,
    ),
    _table(
        "recommendations",
        "item_id kind title issuer_id accountable_id issued_on",
        "summary response response_on target_on priority follows_id source_id locator programme",
        "item_id",
        True,
    ),
    _table(
        "criteria",
        "criterion_id item_id kind ask required",
        "window_from window_to accountable_id shelf_life_months sustain_months source_id locator",
        "criterion_id",
        True,
    ),
    _table("responsibilities", "criterion_id body_id", "", "criterion_id body_id"),
    _table(
        "dispositions",
        "item_id body_id stated_on disposition",
        "words basis_stated source_id locator",
        "item_id body_id stated_on source_id",
    ),
    _table("replies", "reply_id item_id body_id replied_on words source_id", "locator", "reply_id"),
    _table("reading_days", "day_id day label", "source_id", "day_id"),
    _table("viewpoints", "viewpoint_id label", "body_kinds source_ids", "viewpoint_id"),
    _table("unused_facts", "fact_id reason", "", "fact_id"),
    _table(
        "evidence",
        "evidence_id criterion_id source_id locator origin_id stance basis tense event_from finding",
        "method_stated event_to recorded_on reliability credibility expires_on replaces coding_note fact_id"
        " quoted_source_id",
        "evidence_id",
        True,
    ),
    _table(
        "contradictions",
        "contradiction_id question says_a says_b explained_by explanation",
        "records_a sources_a records_b sources_b says_c records_c sources_c item_ids",
        "contradiction_id",
    ),
    _table(
        "definitions",
        "term version publisher_id valid_from dimension members rule source_id",
        "valid_to locator",
        "term version dimension",
    ),
    _table(
        "series",
        "series_id title counts unit kind",
        "family population term version better bears_on note",
        "series_id",
    ),
    _table(
        "statistics",
        "statistic_id series_id period_from period_to geography value unit source_id",
        "bound numerator denominator release locator note",
        "statistic_id",
    ),
    _table(
        "stakeholders",
        "stakeholder_id name channel address items what occasion active",
        "body_id role language",
        "stakeholder_id",
        private=True,
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
"""Every table by name, parents before children: a table refers only to itself and to earlier ones."""

REFERENCES: tuple[Reference, ...] = (
    Reference("sources", "publisher_id", "bodies", "body_id"),
    Reference("recommendations", "issuer_id", "bodies", "body_id"),
    Reference("recommendations", "accountable_id", "bodies", "body_id"),
    Reference("recommendations", "source_id", "sources", "source_id"),
    Reference("criteria", "item_id", "recommendations", "item_id"),
    Reference("criteria", "accountable_id", "bodies", "body_id"),
    Reference("criteria", "source_id", "sources", "source_id"),
    Reference("responsibilities", "criterion_id", "criteria", "criterion_id"),
    Reference("responsibilities", "body_id", "bodies", "body_id"),
    Reference("dispositions", "item_id", "recommendations", "item_id"),
    Reference("dispositions", "body_id", "bodies", "body_id"),
    Reference("dispositions", "source_id", "sources", "source_id"),
    Reference("replies", "item_id", "recommendations", "item_id"),
    Reference("replies", "body_id", "bodies", "body_id"),
    Reference("replies", "source_id", "sources", "source_id"),
    Reference("reading_days", "source_id", "sources", "source_id"),
    Reference("evidence", "criterion_id", "criteria", "criterion_id"),
    Reference("evidence", "source_id", "sources", "source_id"),
    Reference("evidence", "origin_id", "bodies", "body_id"),
    Reference("evidence", "quoted_source_id", "sources", "source_id"),
    Reference("definitions", "publisher_id", "bodies", "body_id"),
    Reference("definitions", "source_id", "sources", "source_id"),
    Reference("series", "term", "definitions", "term"),
    Reference("statistics", "series_id", "series", "series_id"),
    Reference("statistics", "source_id", "sources", "source_id"),
    Reference("stakeholders", "body_id", "bodies", "body_id"),
)
"""References between tables. An empty cell refers to nothing; whether it may be empty is up to the schema."""

LIST_REFERENCES: tuple[Reference, ...] = (
    Reference("viewpoints", "source_ids", "sources", "source_id"),
    Reference("contradictions", "records_a", "evidence", "evidence_id"),
    Reference("contradictions", "records_b", "evidence", "evidence_id"),
    Reference("contradictions", "records_c", "evidence", "evidence_id"),
    Reference("contradictions", "sources_a", "sources", "source_id"),
    Reference("contradictions", "sources_b", "sources", "source_id"),
    Reference("contradictions", "sources_c", "sources", "source_id"),
    Reference("contradictions", "item_ids", "recommendations", "item_id"),
    Reference("series", "bears_on", "criteria", "criterion_id"),
    Reference("stakeholders", "items", "recommendations", "item_id", whole=ALL),
)
"""References of columns that name several rows, separated by white space; each of them must be there."""

SELF_REFERENCES: tuple[Reference, ...] = (
    Reference("bodies", "parent_id", "bodies", "body_id"),
    Reference("evidence", "replaces", "evidence", "evidence_id"),
)
"""References inside one table, followed until nothing changes; they may not go round in a circle."""

PRIVATE: frozenset[str] = frozenset(table.name for table in _ALL if table.private)
"""The names of tables whose rows are in nothing that is published."""

PLACE = ("_file", "_sheet", "_row")
"""Where a row came from: columns that reading adds to every table."""
