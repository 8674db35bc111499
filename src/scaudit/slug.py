"""File names for ids: one function, so that a card, its data and a mail attachment agree."""

import re
import string

DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""Names that some systems keep for devices, whatever ending follows."""

_PLAIN = frozenset(string.ascii_letters + string.digits + ".-")


def slug(identifier: str) -> str:
    """Turn an id into a file name that is safe in any folder.

    `/` becomes `_`; a literal `_` becomes `~u`; a leading dot or hyphen, the first letter of a device's name and every
    other character become `~<hex>.`.
    No two ids share a slug, since each output sign can be read back in one way only.

    Raises ValueError for an empty id.
    """
    if not identifier:
        raise ValueError("an empty id has no file name")
    first, rest = identifier[0], identifier[1:]
    marked = first in ".-" or DEVICES.fullmatch(identifier)
    return (_by_number(first) if marked else _sign(first)) + "".join(map(_sign, rest))


def _sign(sign: str) -> str:
    if sign == "/":
        return "_"
    if sign == "_":
        return "~u"
    return sign if sign in _PLAIN else _by_number(sign)


def _by_number(sign: str) -> str:
    return f"~{ord(sign):x}."
