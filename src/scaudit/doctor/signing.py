"""Signing: whether the project's key opens and signs now, how long it will, and whether a timestamp can be had."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit
from urllib.request import getproxies

from scaudit.doctor.finding import Finding, broken, fine, look, not_set_up, told
from scaudit.errors import ProjectError
from scaudit.project import Project

SOON = 30  # days
REACHED_WITHIN = 3.0  # seconds


def key(project: Project, now: datetime) -> Iterator[Finding]:
    """The key with which documents are signed."""
    # heavy
    from scaudit.keyring import look as looked  # noqa: PLC0415

    signing, source = project.settings.signing, project.key
    if signing is None or source is None:
        yield not_set_up("documents are not signed", "'scaudit keys demo' makes a key to try with")
        return
    if signing.passphrase_block and not os.environ.get(signing.passphrase_env):
        block, variable = signing.passphrase_block, signing.passphrase_env
        yield look(
            f"its passphrase is in Prefect's block {block!r}, so only a flow opens it",
            f"set {variable} to look at it here",
        )
        return
    found = looked(source, now.replace(tzinfo=UTC))
    what = f"{found.name!r} in {found.place}, valid until {found.valid_until}"
    left = (found.valid_until - now.date()).days
    if found.problem:
        yield told(ProjectError(found.problem))
    elif left <= SOON:
        yield look(f"{what}: {left} days are left", "get the next certificate, and name its key in [signing]")
    elif found.demonstration:
        yield look(f"{what}: a demonstration key, which proves nothing", "sign with a key that a CA has certified")
    else:
        yield fine(f"{what}; it signs")


def timestamps(project: Project) -> Iterator[Finding]:
    """The timestamp server: whether it can be reached. Nothing is asked of it, since some are paid by the stamp."""
    signing = project.settings.signing
    if signing is None or not signing.timestamp_url:
        yield not_set_up(
            "the day of a signature is the signer's word", "signing.timestamp_url names a server" if signing else ""
        )
        return
    parts = urlsplit(signing.timestamp_url)
    address = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    if parts.scheme in getproxies():
        yield fine(f"{address[0]} is asked through a proxy, which was not tried")
        return
    try:
        socket.create_connection(address, REACHED_WITHIN).close()
    except OSError as error:
        yield broken(
            f"{address[0]} does not answer on port {address[1]}: {error.strerror or error}",
            "mend the way there, or take signing.timestamp_url away",
        )
    else:
        yield fine(f"{address[0]} can be reached; no stamp was asked for")
