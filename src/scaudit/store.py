"""Store: where the bytes of files that runs read are kept, each under its SHA-256, never written again."""

from pathlib import Path

STORE = "kept"


def copy_of(state: Path, digest: str) -> Path:
    """Where the bytes with this SHA-256 are kept, if they are; `state` is the `.scaudit` folder."""
    return state / STORE / digest[:2] / digest
