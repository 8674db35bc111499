"""The scheduler: a Prefect server, asked over HTTP; Prefect itself, which is slow to load, is never imported."""

import base64
import json
import tomllib
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit

from scaudit.errors import ProjectError
from scaudit.mailroom import LOOPBACK

OWN = "http://127.0.0.1:4200/api"
"""Where `make serve` has its server, where nothing else is said."""
URL, KEY, LOGIN = "PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING"
SECRETS = (KEY, LOGIN)
WITHIN = 3.0  # seconds for an answer
REFUSED = (401, 403)


@dataclass(frozen=True)
class Server:
    """Where a Prefect server is, and what it wants to see of who asks."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> str:
        """The address without what is nobody's business."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"

    def get(self, path: str) -> Any:
        """What the server has under a path. Raises OSError where it does not answer, ProjectError where it refuses."""
        return self._answer(urllib.request.Request(self.url + path, headers=dict(self.headers)))  # noqa: S310

    def find(self, path: str, **wanted: Any) -> Any:
        """What the server finds. Raises as `get` does."""
        headers = {"Content-Type": "application/json", **self.headers}
        return self._answer(urllib.request.Request(self.url + path, json.dumps(wanted).encode(), headers))  # noqa: S310

    def _answer(self, request: urllib.request.Request) -> Any:
        proxies: dict[str, str] | None = {} if urlsplit(self.url).hostname in LOOPBACK else None
        opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies))
        try:
            with opener.open(request, timeout=WITHIN) as answer:
                return json.loads(answer.read())
        except HTTPError as error:
            with error:
                raise ProjectError(
                    f"{self.place} refuses the question ({error.code} {error.reason}); {_help(error)}"
                ) from None
        except ValueError as error:
            raise ProjectError(f"{self.place} gives answers that are none of Prefect's; set {URL}.") from error


def _help(error: HTTPError) -> str:
    return f"set {KEY} or {LOGIN}." if error.code in REFUSED else "see the server's log."


def configured(environment: Mapping[str, str]) -> Server | None:
    """The server that the environment or the profile of Prefect names; None where neither does."""
    found = {**_profile(environment), **{name: value for name, value in environment.items() if value}}
    parts = urlsplit(found.get(URL, "").rstrip("/"))
    if not parts.geturl():
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ProjectError(f"{URL} is no address of a server; it is like {OWN}.")
    login, _, host = parts.netloc.rpartition("@")
    return Server(parts._replace(netloc=host).geturl(), _headers({LOGIN: unquote(login), **found}))


def _headers(found: Mapping[str, str]) -> dict[str, str]:
    if found.get(KEY):
        return {"Authorization": f"Bearer {found[KEY]}"}
    if found.get(LOGIN):
        return {"Authorization": f"Basic {base64.b64encode(found[LOGIN].encode()).decode()}"}
    return {}


def _profile(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings of Prefect's active profile."""
    home = Path(environment.get("PREFECT_HOME") or Path.home() / ".prefect")
    path = Path(environment.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    profile = content.get("profiles", {}).get(environment.get("PREFECT_PROFILE") or content.get("active"), {})
    return {name: str(value) for name, value in profile.items()}


def secrets(environment: Mapping[str, str]) -> list[str]:
    """What is known of passwords for the server, so that no line shows them."""
    found = {**_profile(environment), **environment}
    inside = urlsplit(found.get(URL, "")).password
    return [value for value in (*(found.get(name, "") for name in SECRETS), inside) if value]
