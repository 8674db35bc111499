"""Keys: what lines, marks and bars of a picture mean, set in rows under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from scaudit.scorecard.plots import Sample, Spot, Stroke
from scaudit.scorecard.wording import clip

WIDTH = 494.0
ROW = 11.0  # height of a row
_SAMPLE, _AIR = 20.0, 12.0  # room of the sample before its words, and between two entries
_LETTER = 3.9
_LONG = 105  # letters of an entry at most


@dataclass(frozen=True)
class Entry:
    """What an entry shows before its words: a piece of line, a mark, both, or a bar (`solid`, `hatched`)."""

    words: str
    stroke: Stroke | None = None
    shape: str = ""
    filled: bool = True
    bar: str = ""


def key(entries: Sequence[Entry], top: float) -> tuple[tuple[Sample, ...], float]:
    """The entries from left to right in as many rows as they need, from `top` on; and where the last row ends."""
    samples, x, y = [], 0.0, top + ROW
    for entry in entries:
        words = clip(entry.words, _LONG)
        wide = _SAMPLE + len(words) * _LETTER + _AIR
        if x and x + wide - _AIR > WIDTH:
            x, y = 0.0, y + ROW
        samples.append(_sample(entry, words, round(x, 2), round(y, 2)))
        x += wide
    return tuple(samples), y + 2 if entries else top


def _sample(entry: Entry, words: str, x: float, y: float) -> Sample:
    spot = Spot(x + 8, y - 3, entry.shape, entry.filled) if entry.shape else None
    return Sample(x, y, words, entry.stroke, spot, entry.bar)
