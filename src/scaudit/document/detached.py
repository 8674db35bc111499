"""Detached: a signature in a file of its own (CMS, .p7s), beside what it signs, by the key that signs documents."""

import asyncio
from datetime import UTC, datetime

from pyhanko.sign.general import SigningError

from scaudit.document.key_source import KeySource
from scaudit.document.keys import ready
from scaudit.errors import ProjectError

DIGEST = "sha256"


def detached(content: bytes, key: KeySource) -> bytes:
    """The signature of some bytes; `openssl cms -verify -binary -inform DER -content FILE` reads it.

    Raises ProjectError where the key cannot be used.
    """
    signer = ready(key, datetime.now(UTC)).signer
    try:
        return bytes(asyncio.run(signer.async_sign_general_data(content, DIGEST, detached=True)).dump())
    except SigningError as error:
        raise ProjectError(f"The key in {key.place} cannot sign ({error}); try again, or take another.") from error
