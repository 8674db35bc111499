"""Figures: where a picture stands on its page, for software that shows or reads pages in another form."""

import pikepdf
from pikepdf import Array, Name

from scaudit.document.tags import Tags, attributes

_POINTS = 0.75  # a CSS pixel


def mend(tags: Tags) -> None:
    """Give the box of every figure in points from the lower left corner of its page.

    It was written in the printer's own measure: CSS pixels from the upper left corner.
    """
    for figure in tags.having("Figure"):
        layout = attributes(figure, "Layout")
        left, top, right, bottom = (float(edge) * _POINTS for edge in layout.BBox)
        height = float(pikepdf.Page(figure.Pg).mediabox[3])
        layout.BBox = Array([round(edge, 3) for edge in (left, height - bottom, right, height - top)])
        layout.Placement = Name.Block
