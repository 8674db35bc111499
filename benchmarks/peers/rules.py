"""The rules inside a row, as those of schemas/ have them: table, column, and what a value must be, with its code."""

from dataclasses import dataclass
from typing import Any

HIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
BLANK = "^[\\s\u2800\u3164]*$"
ID = r"^[A-Za-z0-9_-][A-Za-z0-9._/-]*$"
ID_FAULT = r"\.\.|//|/\.|\./|[./]$"
ADDRESS = r"^https?://[^\s/]+\S*$"
DIGEST = r"^[0-9a-fA-F]{64}$"
_LEAP = r"(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)"
_YEAR = r"(?:19[0-9]{2}|20[0-9]{2}|2100)"
_DAYS = r"(?:0[1-9]|1[0-9]|2[0-8])"
DATE = (
    rf"^(?:{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-{_DAYS})?)?|{_YEAR}-(?:0[13-9]|1[0-2])-(?:29|30)"
    rf"|{_YEAR}-(?:0[13578]|1[02])-31|{_LEAP}-02-29)$"
)
"""A real day, month or year from 1900 to 2100."""


@dataclass(frozen=True)
class Rule:
    """What the values of one column must be; empty ones only meet `given`."""

    column: str
    kind: str
    code: str
    limit: Any = None


def _rules(columns: str, kind: str, code: str, limit: Any = None) -> list[Rule]:
    return [Rule(column, kind, code, limit) for column in columns.split()]


def _table(given: str, ids: str, texts: dict[int, str], *more: list[Rule]) -> list[Rule]:
    longest = [rule for length, columns in texts.items() for rule in _rules(columns, "longest", "E103", length)]
    named = [*_rules(ids, "match", "E102", ID), *_rules(ids, "no match", "E102", ID_FAULT)]
    return [
        *_rules(given, "given", "E101"),
        *named,
        *_rules(ids, "longest", "E102", 100),
        *longest,
        *(rule for part in more for rule in part),
    ]


def _words(column: str, words: str) -> list[Rule]:
    return _rules(column, "word", "E104", words.split())


def _seen(columns: str) -> list[Rule]:
    return _rules(columns, "no match", "E105", HIDDEN)


def _dates(columns: str) -> list[Rule]:
    return _rules(columns, "match", "E106", DATE)


def _truth(columns: str) -> list[Rule]:
    return _rules(columns, "word", "E107", ["true", "false", "TRUE", "FALSE", "True", "False"])


def _filled(columns: str) -> list[Rule]:
    return _rules(columns, "no match", "E101", BLANK)


BODIES = "agency auditor oversight_body court legislature researcher advocate local_government press"
STANDINGS = "open partial closed_implemented closed_not_implemented declined superseded no_longer_applicable overtaken"
TABLES: dict[str, list[Rule]] = {
    "bodies": _table(
        "body_id name kind",
        "body_id parent_id",
        {300: "name"},
        _words("kind", BODIES),
        _truth("independent_by_statute"),
        _seen("name"),
        _filled("name"),
    ),
    "sources": _table(
        "source_id title publisher_id",
        "source_id publisher_id",
        {500: "title", 2000: "url copy note"},
        _dates("published_on"),
        _rules("url", "match", "E109", ADDRESS),
        _rules("sha256", "match", "E110", DIGEST),
        _words("seen", "whole excerpt"),
        _seen("title url copy note"),
        _filled("title"),
    ),
    "recommendations": _table(
        "item_id kind title issuer_id accountable_id issued_on",
        "item_id issuer_id accountable_id follows_id source_id",
        {300: "title priority locator", 100: "programme", 4000: "summary"},
        _words("kind", "recommendation concern"),
        _words("response", "concur partial non-concur none"),
        _dates("issued_on response_on target_on"),
        _seen("title summary priority locator programme"),
        _rules("programme", "no match", "E115", r"[\t\n\r]"),
        _filled("title"),
    ),
    "criteria": _table(
        "criterion_id item_id kind ask",
        "criterion_id item_id accountable_id source_id",
        {300: "locator", 1000: "ask"},
        _words("kind", "policy practice result claim"),
        _truth("required"),
        _dates("window_from window_to"),
        _rules(
            "shelf_life_months sustain_months", "match", "E108", r"^(?:[1-9][0-9]{0,2}|1[01][0-9]{2}|1200)(?:\.0+)?$"
        ),
        _seen("ask locator"),
        _filled("ask"),
    ),
    "responsibilities": _table("criterion_id body_id", "criterion_id body_id", {}),
    "dispositions": _table(
        "item_id body_id stated_on disposition",
        "item_id body_id source_id",
        {300: "locator", 4000: "words basis_stated"},
        _dates("stated_on"),
        _words("disposition", STANDINGS),
        _seen("words basis_stated locator"),
    ),
    "replies": _table(
        "reply_id item_id body_id replied_on words source_id",
        "reply_id item_id body_id source_id",
        {300: "locator", 50000: "words"},
        _dates("replied_on"),
        _seen("words locator"),
        _filled("words"),
    ),
    "evidence": _table(
        "evidence_id criterion_id source_id origin_id stance basis tense finding",
        "evidence_id criterion_id source_id origin_id replaces fact_id quoted_source_id",
        {300: "locator", 4000: "finding coding_note"},
        _words("stance", "supports partly contradicts context"),
        _words("basis", "statement document data inspection"),
        _words("tense", "promise act observation"),
        _truth("method_stated"),
        _dates("event_from event_to recorded_on expires_on"),
        _words("reliability", "A B C D E F"),
        _words("credibility", "1 2 3 4 5 6"),
        _seen("locator finding coding_note"),
        _filled("finding"),
    ),
}
"""Every table by name, parents before children."""

KEYS = {
    "bodies": ["body_id"],
    "sources": ["source_id"],
    "recommendations": ["item_id"],
    "criteria": ["criterion_id"],
    "responsibilities": ["criterion_id", "body_id"],
    "dispositions": ["item_id", "body_id", "stated_on", "source_id"],
    "replies": ["reply_id"],
    "evidence": ["evidence_id"],
}
REFERENCES = {
    "bodies": [],
    "sources": [("publisher_id", "bodies", "body_id")],
    "recommendations": [
        ("issuer_id", "bodies", "body_id"),
        ("accountable_id", "bodies", "body_id"),
        ("source_id", "sources", "source_id"),
    ],
    "criteria": [
        ("item_id", "recommendations", "item_id"),
        ("accountable_id", "bodies", "body_id"),
        ("source_id", "sources", "source_id"),
    ],
    "responsibilities": [("criterion_id", "criteria", "criterion_id"), ("body_id", "bodies", "body_id")],
    "dispositions": [
        ("item_id", "recommendations", "item_id"),
        ("body_id", "bodies", "body_id"),
        ("source_id", "sources", "source_id"),
    ],
    "replies": [
        ("item_id", "recommendations", "item_id"),
        ("body_id", "bodies", "body_id"),
        ("source_id", "sources", "source_id"),
    ],
    "evidence": [
        ("criterion_id", "criteria", "criterion_id"),
        ("source_id", "sources", "source_id"),
        ("origin_id", "bodies", "body_id"),
        ("quoted_source_id", "sources", "source_id"),
    ],
}
OWN_REFERENCES = {"bodies": ("parent_id", "body_id"), "evidence": ("replaces", "evidence_id")}
MOST = {
    "criteria": ("item_id", 200),
    "dispositions": ("item_id", 200),
    "replies": ("item_id", 100),
    "evidence": ("criterion_id", 500),
}
