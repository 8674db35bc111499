"""Addresses: where something can be delivered: an e-mail address, or a folder inside the folder of deliveries.

Both are strict: what a mail server or a disk could take for something else is no address.
"""

import re
from contextlib import suppress
from email.headerregistry import Address

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST_LOCAL, _LONGEST_LABEL, _LONGEST_DOMAIN, LONGEST = 64, 63, 253, 254
_LEAST_LABELS = 2


def mail_address(text: str) -> str | None:
    """The one e-mail address that a text is, in the letters that mail servers understand; None where it is none.

    A domain of other letters is given as its ASCII form (IDNA). Names, comments, quotes, addresses of machines by
    number and lists are no addresses here.
    """
    local, at, domain = text.rpartition("@")
    plain = _domain(domain) if at else None
    if plain is None or not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL or local.startswith("-"):
        return None
    address = f"{local}@{plain}"
    with suppress(ValueError, IndexError):  # the second is how the library tells of some broken addresses
        if len(address) <= LONGEST and Address(addr_spec=address).addr_spec == address:
            return address
    return None


def _domain(text: str) -> str | None:
    """A domain of at least two labels, in ASCII; None where it is none."""
    plain = text.lower() if text.isascii() else _in_ascii(text.lower())
    labels = plain.split(".")
    good = all(_LABEL.fullmatch(label) and len(label) <= _LONGEST_LABEL for label in labels)
    named = len(labels) >= _LEAST_LABELS and not labels[-1].isdigit()
    return plain if good and named and len(plain) <= _LONGEST_DOMAIN else None


def _in_ascii(domain: str) -> str:
    """A domain of other letters as mail servers know it; empty where that reads back as another."""
    try:
        plain = domain.encode("idna").decode()
        return plain if plain.encode().decode("idna") == domain else ""
    except UnicodeError:
        return ""


def is_folder(text: str) -> bool:
    """Whether a text is a folder inside another on any disk: parts of letters, digits and . _ - between single /."""
    parts = text.split("/")
    return len(text) <= LONGEST and all(
        _PART.fullmatch(part) and not part.endswith(".") and not _DEVICES.fullmatch(part) for part in parts
    )


def is_address(text: str) -> bool:
    """Whether something can be delivered there: what has an @ must be an e-mail address, anything else a folder."""
    return mail_address(text) is not None if "@" in text else is_folder(text)
