"""Manifests: what a published edition holds, in the file that is written last; without it there is no edition."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from scaudit.slug import DEVICES

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
MANIFEST = "manifest.json"
SCHEMA = "scaudit/manifest/1"


def is_name(name: str) -> bool:
    """Whether an edition may be called so: by a folder name that is one on any system, and not by the templates'."""
    plain = NAME.fullmatch(name) and ".." not in name and not name.endswith(".") and not DEVICES.fullmatch(name)
    return bool(plain) and name.lower() != "templates"


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an edition; empty where there is none, or something else under its name."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("schema") == SCHEMA else {}


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
