"""Editions: the folders that are published. One is complete when its manifest is there; it is replaced whole."""

import shutil
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from scaudit import __version__
from scaudit.chunks import Chunk, chunks, group_chunks
from scaudit.collector import no_collector
from scaudit.crews import cores
from scaudit.errors import UsageError
from scaudit.gathering import Gathered
from scaudit.making import made_of as made_with
from scaudit.manifests import MANIFEST, SCHEMA, is_name, manifest, sha256
from scaudit.project import SETTINGS_FILE, Project
from scaudit.reading import Progress
from scaudit.rendering import FanOut, on_this_machine, render_chunk
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.scorecard.card_json import canonical, lines
from scaudit.scorecard.documents import FORMS
from scaudit.scorecard.edition import Way, Written
from scaudit.scorecard.groups import MANY, Group, everything, groups
from scaudit.scorecard.whole import render_whole
from scaudit.slug import slug
from scaudit.unchanged import Making, making, take_over, to_take_over, unchanged
from scaudit.warehouse import connect

STAGED = "edition"
IDENTITY = ("edition", "as_of", "known_on", "ruleset", "data_digest")


def check_name(project: Project, name: str) -> None:
    """Refuse a name that is no plain folder name, that the templates have, or under which something else lies."""
    if not is_name(name):
        raise UsageError(f'"{name}" is no name for an edition; use letters, digits, dots and hyphens.')
    target = project.reports / name
    if target.exists() and not manifest(target):
        raise UsageError(f"reports/{name} is no edition of scaudit and would be lost; name another edition.")


def free_name(project: Project, name: str, distributed: AbstractSet[str]) -> str:
    """The name under which an edition may be published: E, or where that was distributed E.2, then E.3 and so on.

    What somebody was sent is never overwritten. Refuses what `check_name` refuses.
    """
    names = chain([name], (f"{name}.{number}" for number in count(2)))
    found = next(one for one in names if one not in distributed)
    check_name(project, found)
    return found


def check_own(project: Project, name: str, distributed: AbstractSet[str]) -> None:
    """Refuse to render an edition again under its own name where that would overwrite what somebody was sent."""
    if name in distributed:
        free = free_name(project, name, distributed)
        raise UsageError(f"Edition {name} was distributed and stays; 'scaudit audit' publishes {free} instead.")
    check_name(project, name)


def check_key(project: Project, wanted: bool) -> None:
    """Open the key, if there is one and it is wanted, so that a run that could not sign stops before its work.

    Raises ProjectError where the key does not open, or is not fit to sign now.
    """
    key = project.key
    if key and wanted:
        from scaudit.document.keys import ready  # noqa: PLC0415 (heavy, and wanted only where documents are signed)

        ready(key, datetime.now(UTC))


@dataclass(frozen=True)
class Wanted:
    """What is asked of an edition: which cards, if not all; PDFs, and their signature; nothing taken over if `fresh`.

    `by` are the sorts of groups that get cards too, if not those of the settings. `fan_out` is the way in which cards
    are rendered.
    """

    items: Sequence[str] = ()
    with_pdf: bool = True
    sign: bool = True
    fresh: bool = False
    by: Sequence[str] = ()
    fan_out: FanOut = on_this_machine


def write(
    project: Project, found: Gathered, database: Path, private: Path, wanted: Wanted, progress: Progress
) -> dict[str, str]:
    """Write an edition into the private folder, its manifest last.

    Gives the files that were asked for, by their paths in the edition, each with its SHA-256; of signed files that of
    what was signed: a signature is another one every time.

    What all items share comes out of `found`; their cards are rendered out of `database`, which holds the same. A card
    of the published edition of this name that is made of what it would be made of now is taken over. Where only some
    cards are asked for, the others stay if they rest on the same data, days, ruleset, settings, templates and engine.
    """
    results, said = found.results, found.said
    staged, target = private / STAGED, project.reports / results.run["edition"]
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    parties = groups(results, wanted.by or project.settings.cards.by, said.placed if said else None)
    names = [group.subject for group in parties]
    made_of, now = _made_of(project, results), _making(project, results, database, wanted).with_groups(parties)
    ordered = (said.group if said else everything(results)).items
    chosen = sorted(wanted.items) or ordered
    stay = set(ordered).difference(chosen) if manifest(target).get("made_of") == made_of else ()
    same = set() if wanted.fresh else unchanged(target, now, [*chosen, *names])
    cards = to_take_over(target, {*stay, *same}, now)
    whole = Chunk(project.root, database, staged, (), (), wanted.with_pdf, wanted.sign, overview_of=len(ordered))
    shared = _render(project, found, whole, chosen, parties, cards, now, wanted, progress)
    _write_manifest(staged, made_of, now, [*shared, *(cards[name] for name in (*ordered, *names) if name in cards)])
    listed = (one for written in (*(cards[name] for name in (*chosen, *names)), *shared) for one in written.files)
    return {one["path"]: one.get("unsigned_sha256", one["sha256"]) for one in listed}


def _render(
    project: Project,
    found: Gathered,
    whole: Chunk,
    chosen: Sequence[str],
    parties: Sequence[Group],
    cards: dict[str, Written],
    now: Making,
    wanted: Wanted,
    progress: Progress,
) -> list[Written]:
    """Put the `cards` in place, and add those that are chosen and not among them; gives the files that all share."""
    missing = tuple(item_id for item_id in chosen if item_id not in cards)
    parts = chunks(replace(whole, items=missing), project.settings.rendering.chunk, cores())
    parts += group_chunks(whole, [group for group in parties if group.subject not in cards], cores())
    wanting = [*chosen, *(group.subject for group in parties)]
    stems = [*(f"items/{slug(item_id)}" for item_id in chosen), *(group.path for group in parties)]
    paths = [f"{stem}.{form}" for stem in stems for form in FORMS if wanted.with_pdf or form != "pdf"]
    with wanted.fan_out(render_chunk, parts) as begun:
        take_over(project.reports / found.results.run["edition"], whole.folder, cards.values())
        way = Way(wanted.with_pdf, project.key, wanted.sign, printing=begun.printing)
        with no_collector():
            shared = list(render_whole(found.results, project, whole.folder, paths, way, found.said))
        for part, written in zip(parts, begun.answers, strict=True):
            cards |= {item_id: now.told(item_id, one) for item_id, one in zip(part.items, written, strict=True)}
            progress(f"scorecard {part.items[-1]}, {sum(one in cards for one in wanting)} of {len(wanting)}")
    return shared


def _write_manifest(staged: Path, made_of: dict[str, str], now: Making, written: Sequence[Written]) -> None:
    """List everything; of each card what it was made from too, so that the next run knows it again."""
    listed: dict[str, Any] = {
        "schema": SCHEMA,
        **{name: made_of[name] for name in ("edition", "as_of", "known_on")},
        "made_of": made_of,
        "made_from": now.shared,
        "documents": [one.row for one in written if one.row],
        "files": sorted((file for one in written for file in one.files), key=lambda file: file["path"]),
    }
    in_text = lines if len(written) > MANY else canonical
    (staged / MANIFEST).write_text(in_text(listed), encoding="utf-8", newline="\n")


def _making(project: Project, results: Results, database: Path, wanted: Wanted) -> Making:
    """What the cards of this edition are made of; a certificate is part of it, since another one signs otherwise."""
    signer = ""
    if project.key and wanted.with_pdf and wanted.sign:
        from scaudit.document.keys import ready  # noqa: PLC0415 (heavy, and wanted only where documents are signed)

        signer = ready(project.key, datetime.now(UTC)).fingerprint
    besides = {
        "edition": results.run["edition"],
        "with_pdf": wanted.with_pdf,
        "signer": signer,
        "made_with": made_with(project, with_pdf=True),  # now: templates may be others than at the audit
    }
    with closing(connect(database, read_only=True)) as con:
        return making(con, besides)


def _made_of(project: Project, results: Results) -> dict[str, str]:
    """What an edition rests on: cards of another make never stand beside each other in one edition."""
    templates = [path for path in sorted(project.templates.rglob("*")) if path.is_file()]
    return {
        **{key: str(results.run[key]) for key in IDENTITY},  # type: ignore[literal-required]
        "ruleset_digest": load_ruleset(project.settings.ruleset, project.rulesets).digest,
        "settings_digest": sha256((project.root / SETTINGS_FILE).read_bytes()),
        "templates_digest": sha256("".join(sha256(path.read_bytes()) for path in templates).encode()),
        "engine": __version__,
    }
