"""Showing: results as tables and sentences in the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scaudit.reading import InputFile
from scaudit.reasoning import Explanation
from scaudit.records import of_records
from scaudit.results import Results
from scaudit.rows import Move, Record
from scaudit.scorecard.glance import band
from scaudit.scorecard.questions import Question, by_body, why_words
from scaudit.scorecard.synthetic import marked
from scaudit.scorecard.wording import flag_words, item_word, listed, rung_word, sentence, when, word
from scaudit.vanishing import Vanished, sentences

if TYPE_CHECKING:
    from scaudit.inspecting import Inspection

SEEN = 20
CELL = 60


def outcome(results: Results, paths: Sequence[str], gone: Sequence[Vanished] = (), asked: str = "") -> None:
    """The items with verified and claimed status, rows that vanished, and where the files lie.

    `asked` is the name that the edition was to have.
    """
    run = results.run
    days = f"as of {run['as_of']}, known on {run['known_on']}"
    table = Table(title=escape(marked(results, f"Edition {run['edition']}, {days}")))
    for name in ("Item", "Verified", "Claimed", "Required asks met", "Flags"):
        table.add_column(name, overflow="fold")
    for item in results.ordered_items:
        verified = results.status(item["item_id"], "verified")
        table.add_row(
            escape(item["item_id"]),
            item_word(results, item, "verified"),
            item_word(results, item, "claimed"),
            band(results, item["item_id"]).words,
            ", ".join(flag_words(results.words, verified["flags"])),
        )
    shown(table)
    line(f"{run['read']} rows read, {run['loaded']} loaded, {run['quarantined']} in quarantine.")
    vanished(gone)
    instead(run["edition"], asked)
    files(run["edition"], paths)


def vanished(gone: Sequence[Vanished], to: TextIO | None = None) -> None:
    """The rows that vanished since the last edition, by name."""
    for told in sentences(gone):
        print(told, file=to)


def instead(edition: str, asked: str, to: TextIO | None = None) -> None:
    """That an edition got another name than was asked for, since that one was distributed."""
    if asked not in ("", edition):
        print(f"Edition {asked} was distributed and stays as it is; this one is {edition}.", file=to)


def files(edition: str, paths: Sequence[str]) -> None:
    """Where the scorecards of an edition lie: the PDFs, or their HTML twins where no PDFs were made."""
    pdfs, twins = ([path for path in paths if path.endswith(form)] for form in (".pdf", ".html"))
    for path in pdfs or twins:
        line(f"reports/{edition}/{path}")
    beside = "as a page for browsers (.html) and as data (.json)" if pdfs else "as data (.json)"
    line(f"Beside each lies the same {beside}.")


def inspection(found: "Inspection") -> None:
    """What was read and loaded, and every fault in quarantine."""
    table = Table(title="Read and checked")
    for name in ("Table", "File", "Rows"):
        table.add_column(name, justify="right" if name == "Rows" else "left")
    for one in found.inputs:
        table.add_row(one.table, escape(_place(one)), str(one.rows))
    shown(table)
    for one in found.inputs:
        if one.extra_columns:
            what = "columns that its layout does not know" if of_records(one) else "further columns kept"
            line(f"{_place(one)}: {what}: {', '.join(one.extra_columns)}.")
    report = found.report
    line(f"{report.read} rows read, {report.loaded} loaded, {report.quarantined} in quarantine.")
    if found.quarantine:
        shown(_quarantine(found.quarantine))
    for copy in found.copies:
        if copy.state != "same":
            line(f"The kept copy {copy.copy} of {copy.source_id} is {copy.state}.")
    for shared in found.shared_addresses:
        line(f"{shared['address']} is the address of {listed(shared['stakeholders'])}; each gets a mail of their own.")
    vanished(found.vanished)


def _place(one: InputFile) -> str:
    return one.file + (f" [{one.sheet}]" if one.sheet else "")


def _quarantine(faults: Sequence[dict[str, Any]]) -> Table:
    table = Table(title="In quarantine")
    for name in ("File", "Row", "Column", "Value", "Reason"):
        table.add_column(name, overflow="fold")
    for fault in faults:
        place = fault["file"] + (f" [{fault['sheet']}]" if fault["sheet"] else "")
        cells = (place, fault["row"], fault["column"] or "", _short(fault["value"]), fault["reason"])
        table.add_row(*(escape(str(cell)) for cell in cells))
    return table


def runs(found: Sequence[dict[str, Any]]) -> None:
    """The runs of the ledger."""
    table = Table(title="Runs")
    for name in ("Run", "Outcome", "Edition", "As of", "Known on", "Ruleset", "Quarantined", "Seconds"):
        table.add_column(name, overflow="fold")
    for run in found:
        seconds = (run["ended_at"] - run["started_at"]).total_seconds()
        table.add_row(
            run["run_id"],
            _ended(run),
            run["edition"],
            str(run["as_of"]),
            str(run["known_on"]),
            run["ruleset"],
            str(run["quarantined"]),
            # nobody knows when a killed run ended, nor how long one took under which the clock was set back
            "" if run["outcome"] == "killed" or seconds < 0 else f"{seconds:.1f}",
        )
    shown(table)


def _ended(run: dict[str, Any]) -> str:
    replay = f", replay of {run['replay_of']}" if run["replay_of"] else ""
    return escape(run["outcome"] + replay + (f": {run['message']}" if run["message"] else ""))


def explained(results: Results, found: Sequence[Explanation]) -> None:
    """Every criterion that was asked about: rungs, rules, records, and what would move it."""
    run = results.run
    line(f"As of {run['as_of']}, known on {run['known_on']}, ruleset {run['ruleset']}.")
    for one in found:
        _explanation(results, one)


def _explanation(results: Results, one: Explanation) -> None:
    row = one.criterion
    line()
    line(row["criterion_id"], style="bold")
    line(f"{row['ask']} ({row['kind']}{'' if row['required'] else ', not asked in so many words'})")
    if one.standing:
        line(f"Claim: {word(results.words, 'claims', one.standing)}.")
    for label, rung in (("Verified", one.verified), ("Claimed", one.claimed)):
        if rung:
            flags = ", ".join(flag_words(results.words, rung["flags"])) if label == "Verified" else ""
            line(f"{label}: {rung['rung']}, {rung_word(results.words, rung, row)}{f' ({flags})' if flags else ''}")
            for sentence in rung["rules"]:
                line(f"  {sentence}")
    _records(results, "For", [record for record in one.where("counted") if record["stance"] != "contradicts"])
    _records(results, "Against", [record for record in one.where("counted") if record["stance"] == "contradicts"])
    aside = [record for record in one.records if record["disposition"] != "counted"]
    _records(results, "Set aside", aside, with_reason=True)
    _move("Would raise it", one.would_raise)
    _move("Would lower it", one.would_lower)
    _firm(results, one)
    _seen(results, one)


def _records(results: Results, label: str, records: Sequence[Record], with_reason: bool = False) -> None:
    if not records:
        return
    line(f"{label}:")
    for record in records[:SEEN]:
        title = results.sources[record["source_id"]]["title"]
        reason = f" Set aside: {record['reason']}." if with_reason else ""
        grade = f"grade {record['grade']}, {record['grade_name']}"
        line(f"  {record['evidence_id']} ({grade}; {when(record)}): {record['finding']}")
        line(f"    {title}; {record['locator'] or 'no place given'}.{reason}", style="dim")
    if len(records) > SEEN:
        line(f"  and {len(records) - SEEN} more; --json has all.")


def _firm(results: Results, one: Explanation) -> None:
    """What one record less, or one choice of the ruleset otherwise, would make of it."""
    for row in one.left_out:
        line(f"Without {row['evidence_id']}: rung {_level(row['rung_then'], row['stale_then'])}.")
    words = {choice["scenario"]: choice["words"] for choice in results.choices}
    for shift in one.shifts:
        line(f"{sentence(words[shift['scenario']])[:-1]}: rung {_level(shift['rung_then'], shift['stale_then'])}.")


def _level(rung: int, stale: bool) -> str:
    return f"{rung}{', too old to count' if stale else ''}"


def _seen(results: Results, one: Explanation) -> None:
    """The criterion in every viewpoint that speaks to it."""
    labels = {row["viewpoint_id"]: row["label"] for row in results.viewpoints}
    for row in one.seen:
        stand = _level(row["rung"] or 0, row["stale"]) if row["standing"] is None else row["standing"].replace("_", " ")
        hold = ", ".join(row["binding"]) or row["against"] or "none"
        line(f"By the records of {labels[row['viewpoint_id']]} alone: {stand} ({row['records']} counted; {hold}).")


def _move(label: str, move: Move | None) -> None:
    if move:
        line(f"{label}: {move['words']} (grade {move['grade']}), to rung {move['to']}.")


def questions(results: Results, found: Sequence[Question], answer_days: int) -> None:
    """The questions that are open, by the body that is asked, and the term for an answer."""
    run = results.run
    line(f"As of {run['as_of']}, known on {run['known_on']}, ruleset {run['ruleset']}.")
    for body, asked in by_body(found).items():
        table = Table(title=f"To {escape(body)}", title_justify="left", show_lines=True)
        for name in ("Ask", "Why", "Question"):
            table.add_column(name, overflow="fold")
        for one in asked:
            table.add_row(escape(one.criterion_id), escape(why_words(results, one.why)), escape(one.text))
        shown(table)
    line(word(results.words, "questions", "within").format(days=answer_days) if found else "No question is open.")


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= CELL else f"{text[: CELL - 3]}..."


def line(text: str = "", style: str | None = None) -> None:
    """Print one line as it is; the terminal wraps it."""
    Console(soft_wrap=True, highlight=False, emoji=False).print(text, style=style, markup=False)


def shown(table: Table) -> None:
    """Print a table."""
    Console(emoji=False).print(table)
