"""Printed words: dates, rungs, flags and counts. The words themselves belong to the ruleset."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote, urlsplit, urlunsplit

from scaudit.results import Results
from scaudit.rows import Criterion, Item, Record, Rung, Words
from scaudit.scorecard.model import Reference

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = 3  # parts of a date that names a day
UNDER_WAY = 3  # the rung that reads otherwise once the window has closed
DONE = 5  # the method's table: only rungs 5 and 6 are met
STALE_AS = 4  # the method's table of words: a stale rung reads as rung 4
_PLACE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]*)?")
_SAFE = "!#$%&'()*+,/:;=?@[]~"  # signs that have a meaning in an address


def printed_day(day: date | None) -> str:
    """`27 March 2012`, or an empty string."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def printed_date(text: str | None) -> str:
    """A date as given, whole or partial (`2012`, `2012-03`, `2012-03-27`), in words; other text stays as it is."""
    parts = (text or "").split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > _DAY:
        return text or ""
    if len(parts) == 1:
        return parts[0]
    month = int(parts[1])
    if not 1 <= month <= len(_MONTHS):
        return text or ""
    day = f"{int(parts[2])} " if len(parts) == _DAY else ""
    return f"{day}{_MONTHS[month - 1]} {parts[0]}"


def when(record: Record) -> str:
    """When the fact held, as given: a day, a month, a year or a span."""
    first = printed_date(record["event_from_text"]) or printed_day(record["event_from"])
    last = printed_date(record["event_to_text"])
    if not first:
        return "no date"
    return first if last in ("", first) else f"{first} to {last}"


def word(words: Words, table: str, key: str) -> str:
    """The printed word of a token; a token without a word is printed in plain letters."""
    return str(words.get(table, {}).get(key, key.replace("_", " ")))


def rung_word(words: Words, rung: Rung, criterion: Criterion) -> str:
    """The rung in words, with the exceptions of the method, section 6 (printed words)."""
    level, claimed = rung["rung"], rung["reading"] == "claimed"
    done = level >= DONE
    cases = (
        ("claimed_stale", claimed and done and rung["stale"]),
        ("claimed_done", claimed and done),
        ("verified_stale", done and rung["stale"]),
        ("result_1", level == 1 and criterion["kind"] == "result"),
        ("closed_3", level == UNDER_WAY and criterion["closed"]),
        ("claimed_0", claimed and level == 0),
        # words against it are on record where it is disputed by word: then something was found
        ("nothing_0", level == 0 and "alleged" not in rung["flags"]),
    )
    special = next((name for name, holds in cases if holds), "")
    return word(words, "rungs_special", special) if special else word(words, "rungs", str(level))


def flag_words(words: Words, flags: Iterable[str]) -> tuple[str, ...]:
    """Flags in a word or two each, in the order of the ruleset's table."""
    given = set(flags)
    known = [flag for flag in words.get("flags_short", {}) if flag in given]
    return tuple(word(words, "flags_short", flag) for flag in (*known, *sorted(given.difference(known))))


def status_word(words: Words, kind: str, reading: str, status: str) -> str:
    """An item's status in words; a concern's status says `answered`, a claimed one `said to be`."""
    table = f"status_{kind}" + ("_claimed" if reading == "claimed" else "")
    return word(words, table, status)


def item_word(results: Results, item: Item, reading: str) -> str:
    """The status of an item in words."""
    return item_word_for(results, item, reading, results.status(item["item_id"], reading)["status"])


def item_word_for(results: Results, item: Item, reading: str, status: str) -> str:
    """A status for an item: not yet asked, partly done once nothing can go on, else as its kind has it."""
    asks = results.asks(item["item_id"])
    if item["not_yet_asked"]:
        return word(results.words, "status_special", "not_yet_asked")
    if status == "under_way" and asks and all(ask["closed"] for ask in asks):
        return word(results.words, "status_special", f"closed_{item['kind']}_{reading}")
    return status_word(results.words, item["kind"], reading, status)


def effective(rung: Rung) -> int:
    """The rung by which the crosswalk reads: a stale one reads as 4 (method, section 6)."""
    return counting(rung["rung"], stale=rung["stale"])


def counting(rung: int, *, stale: bool) -> int:
    """A rung as it counts: a stale one as 4."""
    return min(rung, STALE_AS) if stale else rung


def inner(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def short(criterion_id: str) -> str:
    """The last part of an id, enough inside one card."""
    return criterion_id.rsplit("/", 1)[-1]


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with a sign that something was cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 2].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def sentence(text: str) -> str:
    """A phrase as a sentence: a capital at the start and a full stop at the end; nothing stays nothing."""
    bare = text.strip()
    return f"{bare[0].upper()}{bare[1:]}{'' if bare[-1] in '.!?' else '.'}" if bare else ""


def ended(text: str) -> str:
    """Text with a full stop where it ends in none; its first letter stays as it is, since it may be an address."""
    bare = text.strip()
    return bare if not bare or bare.rstrip("\"')\u201d")[-1:] in (".", "!", "?") else f"{bare}."


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def some(names: Sequence[str], most: int = 20) -> tuple[str, ...]:
    """The first few names, and how many more there are."""
    return (*names[:most], *([f"{len(names) - most} more"] if len(names) > most else []))


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 record`, `3 records`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def tally(counts: Mapping[str, int]) -> str:
    """`2 counted, 1 baseline`, without the zeros."""
    return ", ".join(f"{number} {name}" for name, number in counts.items() if number)


def reference(results: Results, source_id: str | None, locator: str | None) -> Reference:
    """A place in a source; a source that the run does not have is named by its id."""
    source = results.sources.get(source_id or "")
    if source is None:
        return Reference(source_id or "no source given", "", "", locator or "no place given", "")
    return Reference(
        title=source["title"],
        publisher=source["publisher"],
        published=printed_date(source["published_on_text"]) or "no date",
        locator=locator or "no place given",
        url=web_address(source["url"] or ""),
    )


def web_address(url: str) -> str:
    """The address as a page may link it: http or https, a machine that has a name, plain signs; nothing for any other.

    One that names a user is none, since it reads as if it were another machine's.
    """
    try:
        parts = urlsplit(url)
        place = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
        linked = parts.scheme in ("http", "https") and _PLACE.fullmatch(place) and parts.port != 0
    except ValueError:  # a port out of bounds, a bracket left open, a name that no machine can have
        return ""
    whole = url if place == parts.netloc else urlunsplit(parts._replace(netloc=place))
    return quote(whole, safe=_SAFE) if linked else ""


def body_name(results: Results, body_id: str | None) -> str:
    """A body by name, or by id where it has none."""
    return results.bodies.get(body_id or "", body_id or "not known")
