"""Keyring: the settings that name the key with which documents are signed; the key itself is never among them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scaudit.document.key_source import PASSPHRASE_ENV, KeySource, Token
from scaudit.errors import ProjectError

DEMONSTRATION_FILE = "demo.p12"
Words = Annotated[str, Field(min_length=1)]


class TokenKey(BaseModel):
    """A key on a PKCS#11 token. The certificate has the key's label, where no other is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    module: Words
    token: Words
    key: Words
    certificate: str = ""


class Signing(BaseModel):
    """Whose signature documents carry, and where its key is; its passphrase only ever comes from the environment.

    `passphrase_block` names a secret of Prefect, from which a flow takes it where the variable is unset.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Words
    pkcs12: Words | None = None
    pkcs11: TokenKey | None = None
    passphrase_env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] = PASSPHRASE_ENV
    passphrase_block: str = ""
    timestamp_url: Annotated[str, Field(pattern=r"^(https?://[^\s@]+)?$")] = ""

    @model_validator(mode="after")
    def _one_place(self) -> Signing:
        if (self.pkcs12 is None) == (self.pkcs11 is None):
            raise ValueError("name either pkcs12, a file, or pkcs11, a token")
        return self


def key_source(signing: Signing, root: Path, public: Sequence[Path]) -> KeySource:
    """Where the key of a project is; its file is named relative to the project's root.

    Raises ProjectError where that file lies in one of the folders whose content is made `public`.
    """
    token = signing.pkcs11
    path = (root / signing.pkcs12) if signing.pkcs12 else None
    for folder in public if path else ():
        if path and path.resolve().is_relative_to(folder.resolve()):
            raise ProjectError(f"The key {path} lies in {folder.name}/, which is passed on; keep it in .scaudit/keys/.")
    return KeySource(
        name=signing.name,
        pkcs12=str(path or ""),
        token=Token(token.module, token.token, token.key, token.certificate or token.key) if token else None,
        passphrase_env=signing.passphrase_env,
        timestamp_url=signing.timestamp_url,
    )


def make_demonstration(folder: Path, passphrase_env: str, today: date) -> Path:
    """Make a throw-away key in a folder that only its owner may enter; gives the file.

    Raises ProjectError where there is no passphrase for it, or where it would take the place of another.
    """
    from scaudit.document.keys import demonstration_key, passphrase  # noqa: PLC0415 (heavy)

    content = demonstration_key(passphrase(passphrase_env, "A new key"), today)
    path = folder / DEMONSTRATION_FILE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError as error:
        raise ProjectError(f"{path} is there and is never overwritten; use it, or move it away.") from error
    return path


@dataclass(frozen=True)
class Looked:
    """What a look at a project's key shows: what its certificate says, and why it cannot sign now, if it cannot."""

    name: str
    subject: str
    issuer: str
    valid_from: date
    valid_until: date
    fingerprint: str
    demonstration: bool
    place: str
    timestamp_url: str
    problem: str
    pem: str

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {"schema": "scaudit/keys/1", **asdict(self)}


def look(source: KeySource, now: datetime) -> Looked:
    """A look at a key. Raises ProjectError where it does not open."""
    from scaudit.document.keys import open_key, ready  # noqa: PLC0415 (heavy)

    key, problem = open_key(source), ""
    try:
        ready(source, now)
    except ProjectError as error:
        problem = str(error)
    return Looked(
        name=key.name,
        subject=key.certificate.subject.rfc4514_string(),
        issuer=key.certificate.issuer.rfc4514_string(),
        valid_from=key.certificate.not_valid_before_utc.date(),
        valid_until=key.certificate.not_valid_after_utc.date(),
        fingerprint=key.fingerprint,
        demonstration=key.demonstration,
        place=source.place,
        timestamp_url=source.timestamp_url,
        problem=problem,
        pem=key.pem,
    )


@contextmanager
def lent(signing: Signing | None, fetch: Callable[[str], str]) -> Iterator[None]:
    """The passphrase out of a block of secrets, in the environment for as long as this lasts; one that is set stays."""
    variable = signing.passphrase_env if signing else ""
    if not signing or not signing.passphrase_block or os.environ.get(variable):
        yield
        return
    os.environ[variable] = fetch(signing.passphrase_block)
    try:
        yield
    finally:
        os.environ.pop(variable, None)
