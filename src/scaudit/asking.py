"""Asking: the questions that are open, for a person or a program, and the rows that record silence."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from scaudit.contract import TABLES
from scaudit.errors import UsageError
from scaudit.reasoning import meant
from scaudit.results import Results
from scaudit.scorecard.questions import Question, questions
from scaudit.scorecard.wording import body_name, word
from scaudit.spreadsheet import csv_text


def asked(results: Results, targets: Sequence[str] = ()) -> tuple[Question, ...]:
    """The open questions on some items or criteria, or all; raises UsageError for an id that nothing has."""
    chosen = {row["criterion_id"] for target in targets for row in meant(results, target)}
    return tuple(one for one in questions(results) if not targets or one.criterion_id in chosen)


def questions_json(results: Results, found: Sequence[Question], answer_days: int) -> dict[str, Any]:
    """For programs; schema scaudit/questions/1."""
    return {
        "schema": "scaudit/questions/1",
        **{key: results.run[key] for key in ("as_of", "known_on", "ruleset", "data_digest")},
        "answer_days": answer_days,
        "questions": [
            {
                "id": one.question_id,
                "item_id": one.item_id,
                "criterion_id": one.criterion_id,
                "kind": one.kind,
                "required": one.required,
                "why": one.why,
                "to": list(one.body_ids),
                "question": one.text,
            }
            for one in found
        ],
    }


def silence_csv(results: Results, targets: Sequence[str], sent: date, answer_days: int) -> str:
    """Rows of the table evidence that record silence on questions sent on a day, source and place left to fill in.

    One row for every body that was asked. Raises UsageError where nothing is named, no question on it is open, or the
    term still runs.
    """
    if not targets:
        raise UsageError("Silence is recorded by name; give the criteria on which no answer came.")
    if (date.max - sent).days <= answer_days:
        raise UsageError("No answer could have come after that day; give the day on which the questions were sent.")
    found, first = asked(results, targets), sent + timedelta(days=answer_days + 1)
    if not found:
        raise UsageError("No question is open there; --as-of names the day on which one was.")
    if results.run["known_on"] < first:
        raise UsageError(
            f"An answer may come until {first - timedelta(days=1)}; silence can be recorded from {first} on."
        )
    columns = TABLES["evidence"].columns
    rows = (_silence(results, one, body, first, answer_days) for one in found for body in one.body_ids)
    return csv_text(columns, ([row.get(column, "") for column in columns] for row in rows))


def _silence(results: Results, one: Question, body_id: str, first: date, answer_days: int) -> dict[str, str]:
    """One record: context, a statement by omission, of the body that was asked, from the day after the term."""
    who = f"-{body_id}" if len(one.body_ids) > 1 else ""
    say = word(results.words, "questions", "silence")
    return {
        "evidence_id": f"silence-{one.criterion_id}{who}-{first}",
        "criterion_id": one.criterion_id,
        "origin_id": body_id,
        "stance": "context",
        "basis": "statement",
        "tense": "observation",
        "method_stated": "false",
        "event_from": first.isoformat(),
        "recorded_on": first.isoformat(),
        "finding": say.format(body=body_name(results, body_id), days=answer_days),
    }
