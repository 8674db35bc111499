"""The special functions of scipy, loaded when the first is asked for: half a second, which most runs can do without."""

from typing import Any


def __getattr__(name: str) -> Any:
    from scipy import special  # noqa: PLC0415 (heavy, and wanted only where there is something to compute)

    return getattr(special, name)
