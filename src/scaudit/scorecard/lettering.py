"""Lettering: how long a word is in the bundled fonts, so that a picture looks alike in the fonts of any machine."""

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped, unused-ignore]

from scaudit.errors import ProjectError

_BOLD = 600  # weights from here on are drawn with the bold face
_UNKNOWN = 0.5  # the width of a sign that no face has, as a share of the size


class Lettering:
    """The widths of signs in the upright faces of a templates folder."""

    def __init__(self, templates: Path) -> None:
        self._faces = {weight: _face(templates / "fonts", weight) for weight in (400, 700)}

    def width(self, words: str, size: float, weight: int) -> float:
        """The length of a line of text, in the unit of `size`."""
        face = self._faces[700 if weight >= _BOLD else 400]
        return size * sum(face.get(ord(sign), _UNKNOWN) for sign in words)


@lru_cache(maxsize=4)
def lettering(templates: Path) -> Lettering:
    """The one lettering of a process for a folder: fonts are slow to open."""
    return Lettering(templates)


def _face(fonts: Path, weight: int) -> dict[int, float]:
    """The width of every sign of a face, as a share of its size; the Latin file goes before its extension."""
    files = sorted(fonts.glob(f"*-{weight}-normal.*"), reverse=True)
    if not files:
        raise ProjectError(f"there are no fonts (*-{weight}-normal.*) in {fonts}; restore the shipped ones")
    widths: dict[int, float] = {}
    for file in files:
        with TTFont(file, lazy=True) as font:
            per_em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
            widths |= {code: metrics[name][0] / per_em for code, name in font.getBestCmap().items()}
    return widths
