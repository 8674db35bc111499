"""Manifests: what a published edition holds, in the file that is written last; without it there is no edition."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scaudit.fingerprint import mark
from scaudit.slug import DEVICES

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
MANIFEST = "manifest.json"
SCHEMA = "scaudit/manifest/1"


def is_name(name: str) -> bool:
    """Whether an edition may be called so: by a folder name that is one on any system, and not by the templates'."""
    plain = NAME.fullmatch(name) and ".." not in name and not name.endswith(".") and not DEVICES.fullmatch(name)
    return bool(plain) and name.lower() != "templates"


def manifest(folder: Path) -> Mapping[str, Any]:
    """The manifest of an edition; empty where there is none, or something else under its name."""
    try:
        return _read(folder / MANIFEST, mark(folder / MANIFEST))
    except (OSError, ValueError):
        return MappingProxyType({})


@lru_cache(maxsize=2)
def _read(path: Path, _mark: tuple[int, ...]) -> Mapping[str, Any]:
    """Read a manifest, once while it stays as it is: one of ten thousand items has megabytes."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType(found if isinstance(found, dict) and found.get("schema") == SCHEMA else {})


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
