"""The mail room: how documents go out to those who should have them, as the table [delivery] of scaudit.toml says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from scaudit.addresses import mail_address

LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""Hosts that are this machine itself: only there may mail go unencrypted, for a test."""
PORTS = {"starttls": 587, "tls": 465, "none": 25}
MEGABYTE = 1_000_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Smtp(_Strict):
    """The mail server that takes our mail: where it is, how the way there is kept safe, who logs in.

    The password stands in an environment variable, of which only the name is a setting. `ca_file` has the
    certificates to trust in place of the machine's own; `timeout` is in seconds.
    """

    host: Annotated[str, Field(min_length=1, pattern=r"^[A-Za-z0-9.:-]+$")]
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] = "SCAUDIT_SMTP_PASSWORD"  # noqa: S105
    ca_file: str = ""
    timeout: Annotated[float, Field(ge=0.1, le=600)] = 60

    @model_validator(mode="after")
    def _open_only_at_home(self) -> Smtp:
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError(f'security = "none" is for a test host on this machine ({", ".join(LOOPBACK)}) only')
        return self

    @property
    def door(self) -> int:
        """The port, by default that of the kind of security."""
        return self.port or PORTS[self.security]


class Delivery(_Strict):
    """How documents go out: whose mail it is, where folders lie, how often a delivery is tried.

    `waits` are the minutes from one try to the next; after the last of them a delivery is given up. `size_limit_mb`
    is the weight of documents that are attached to one mail; heavier ones are named by `link`, under which the folders
    of editions can be read. `approval` says whether a schedule sends by itself or asks the `approver` first.
    """

    sender: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    folder: Annotated[str, Field(min_length=1)] = "deliveries"
    link: Annotated[str, Field(pattern=r"^(https?://[!-;=?-~]+)?$")] = ""
    size_limit_mb: Annotated[float, Field(gt=0, le=1000)] = 10
    waits: tuple[Annotated[float, Field(gt=0, le=100_000)], ...] = (1, 5, 30, 120, 720)
    approval: Literal["person", "automatic"] = "person"
    approver: str = ""
    smtp: Smtp | None = None

    @field_validator("sender", "reply_to", "unsubscribe")
    @classmethod
    def _addresses(cls, value: str) -> str:
        address = mail_address(value) if value else ""
        if address is None:
            raise ValueError(f"'{value}' is no e-mail address; give the address alone, such as audit@example.org")
        return address

    @field_validator("link")
    @classmethod
    def _with_a_host(cls, value: str) -> str:
        if value and not urlsplit(value).hostname:
            raise ValueError(f"'{value}' names no host")
        return value

    @property
    def size_limit(self) -> int:
        """The weight of what is attached to one mail, in bytes."""
        return int(self.size_limit_mb * MEGABYTE)

    def place(self, root: Path) -> Path:
        """The folder of deliveries of a project."""
        return root / self.folder
