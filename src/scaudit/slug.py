"""File names for ids: one function, so that a card, its data and a mail attachment agree."""

import string

_PLAIN = frozenset(string.ascii_letters + string.digits + ".-")


def slug(identifier: str) -> str:
    """Turn an id into a file name that is safe in any folder.

    `/` becomes `_`; a literal `_` becomes `~u`; a leading dot and every other character become `~<hex>.`.
    No two ids share a slug, since each output sign can be read back in one way only.

    Raises ValueError for an empty id.
    """
    if not identifier:
        raise ValueError("an empty id has no file name")
    return "".join(_sign(sign, first=place == 0) for place, sign in enumerate(identifier))


def _sign(sign: str, *, first: bool) -> str:
    if sign == "/":
        return "_"
    if sign == "_":
        return "~u"
    if sign in _PLAIN and not (first and sign == "."):
        return sign
    return f"~{ord(sign):x}."
