"""Building blocks of the models in a project's schemas/: checks inside a row, each with a stable code.

Every check works on text, judges a whole column at once and leaves empty cells to `nullable` (code E101).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from scaudit.addresses import is_address

MISSING = "E101 a value is required here"

LONGEST_ID = 100
FIRST_YEAR, LAST_YEAR = 1900, 2100

_ID = r"^[A-Za-z0-9_-][A-Za-z0-9._/-]*$"
_ID_FAULT = r"\.\.|//|/\.|\./|[./]$"
# controls except tab and line ends, soft hyphen, zero-width and bidirectional signs, byte order mark, tags,
# and the Hangul filler and the Braille blank, which are letters that look like nothing
_HIDDEN = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}"
    r"\x{2028}-\x{202e}\x{2060}-\x{206f}\x{2800}\x{3164}\x{feff}\x{fff9}-\x{fffb}\x{e0000}-\x{e007f}]"
)
_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
_NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

Rule = Callable[[pl.Series], pl.Series]
ClassCheck = Any


def _check(columns: tuple[str, ...], error: str, rule: Rule) -> ClassCheck:
    """A pandera check of a model class that applies `rule` to each of the columns."""

    def judge(_model: type, data: PolarsData) -> pl.LazyFrame | bool:
        good = rule(data.lazyframe.select(data.key).collect().to_series())
        # one answer for a sound column spares pandera a pass over the whole table
        return True if good.all() else good.to_frame().lazy()

    judge.__doc__ = error
    return pa.check(*columns, error=error)(judge)


def _by_value(rule: Rule) -> Rule:
    """Judge each different value once: for columns with few values in many rows."""

    def judge(values: pl.Series) -> pl.Series:
        different = values.unique().drop_nulls()
        good = rule(different)
        if good.all():
            return good
        return values.is_in(different.filter(good).implode())

    return judge


def _each(test: Callable[[str], bool]) -> Rule:
    return _by_value(lambda values: pl.Series(values.name, [test(value) for value in values], pl.Boolean))


def identifiers(*columns: str) -> ClassCheck:
    """Ids: letters, digits and . / _ - only, at most 100, no empty or hidden part, so they can name files."""

    def rule(values: pl.Series) -> pl.Series:
        safe = values.str.contains(_ID) & ~values.str.contains(_ID_FAULT)
        return safe & (values.str.len_chars() <= LONGEST_ID)

    signs = "an id has letters, digits and . / _ - only, no empty part, and at most 100 signs"
    return _check(columns, f"E102 {signs}", rule)


def at_most(length: int, *columns: str) -> ClassCheck:
    """Text of at most `length` characters."""
    return _check(columns, f"E103 the text is longer than {length} signs", lambda v: v.str.len_chars() <= length)


def one_of(column: str, *allowed: str) -> ClassCheck:
    """One of a few words, written exactly so."""
    words = pl.Series(allowed)
    return _check((column,), f"E104 must be one of: {', '.join(allowed)}", lambda v: v.is_in(words.implode()))


def some_of(column: str, *allowed: str) -> ClassCheck:
    """Several of a few words, separated by spaces."""
    error = f"E104 must be words, separated by spaces, out of: {', '.join(allowed)}"
    return _check((column,), error, _each(lambda value: bool(value.split()) and set(value.split()) <= set(allowed)))


def visible(*columns: str) -> ClassCheck:
    """Text without signs that a reader cannot see: control, bidirectional and zero-width characters."""
    error = "E105 the text holds a control, bidirectional or zero-width character"
    return _check(columns, error, lambda values: ~values.str.contains(_HIDDEN))


def not_blank(*columns: str) -> ClassCheck:
    """Text that is more than white space."""
    return _check(
        columns, "E101 the text is only white space", lambda values: values.str.contains(r"[^\s\x{2800}\x{3164}]")
    )


def is_partial_date(value: str) -> bool:
    """Whether a text is a real ISO day, a month YYYY-MM or a year YYYY from 1900 to 2100."""
    if not _DATE.fullmatch(value):
        return False
    try:
        day = date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return FIRST_YEAR <= day.year <= LAST_YEAR


def partial_dates(*columns: str) -> ClassCheck:
    """Dates: a day, a month (YYYY-MM) or a year (YYYY), each a real one from 1900 to 2100."""
    error = "E106 not a date from 1900 to 2100 written YYYY-MM-DD, YYYY-MM or YYYY"
    return _check(columns, error, _each(is_partial_date))


def booleans(*columns: str) -> ClassCheck:
    """Truth values, written true or false, in small letters or, as a spreadsheet does, in capitals."""
    words = pl.Series(["true", "false"])
    rule = _by_value(lambda values: values.str.to_lowercase().is_in(words.implode()))
    return _check(columns, "E107 must be true or false", rule)


def whole_numbers(lowest: int, highest: int, *columns: str) -> ClassCheck:
    """Whole numbers between two bounds, both allowed; 12.0 is one."""

    def rule(values: pl.Series) -> pl.Series:
        plain = values.str.contains(r"^[0-9]{1,9}(\.0+)?$")
        number = values.str.replace(r"\.0+$", "").str.to_integer(strict=False)
        return plain & number.is_between(lowest, highest).fill_null(False)

    return _check(columns, f"E108 must be a whole number from {lowest} to {highest}", _by_value(rule))


def numbers(*columns: str) -> ClassCheck:
    """Numbers as a decimal of at most 15 digits before and after the point, with a minus or without."""
    error = "E111 not a number such as 12, 47.7 or -30, with a point and no sign between the thousands"
    return _check(columns, error, lambda values: values.str.contains(_NUMBER))


def no_less_than_nothing(*columns: str) -> ClassCheck:
    """Numbers without a minus."""
    return _check(columns, "E111 a number under 0", lambda values: ~values.str.starts_with("-"))


def barred_lists(*columns: str) -> ClassCheck:
    """Several words or phrases with a bar between any two of them."""
    error = "E112 must be words with a bar | between them, with something before and after each bar"
    return _check(columns, error, _each(lambda value: all(part.strip() for part in value.split("|"))))


def web_addresses(*columns: str) -> ClassCheck:
    """Addresses that begin with http:// or https:// and hold no white space."""
    error = "E109 not an address that begins with http:// or https://"
    return _check(columns, error, lambda values: values.str.contains(r"^https?://[^\s/]+\S*$"))


def delivery_addresses(*columns: str) -> ClassCheck:
    """One e-mail address, or a folder inside the folder of deliveries."""
    error = "E113 neither one e-mail address, such as name@example.org, nor a folder, such as staff/one"
    return _check(columns, error, _each(is_address))


def languages(*columns: str) -> ClassCheck:
    """Languages as tags of BCP 47, such as en or es-MX."""
    return _check(columns, "E114 no language tag such as en or es-MX", lambda v: v.str.contains(_LANGUAGE))


def one_line(*columns: str) -> ClassCheck:
    """Text on one line, since it may stand in the head of a mail."""
    return _check(columns, "E115 the text has a line break or a tab", lambda v: ~v.str.contains(r"[\t\n\r]"))


def sha256_digests(*columns: str) -> ClassCheck:
    """SHA-256 digests as 64 hexadecimal digits."""
    error = "E110 not a SHA-256 digest of 64 hexadecimal digits"
    return _check(columns, error, lambda values: values.str.contains(r"^[0-9a-fA-F]{64}$"))
