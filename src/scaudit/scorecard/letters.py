"""Letters: how the annexes of a card are called; an annex that a card does not have takes no letter."""

from dataclasses import dataclass
from string import ascii_uppercase


@dataclass(frozen=True)
class Letters:
    """The letter of every annex of a card, in their order; `numbers` is empty where no indicator bears on the item."""

    numbers: str
    records: str
    pictures: str
    firmness: str
    contradictions: str
    viewpoints: str
    held: str


def letters(*, with_numbers: bool) -> Letters:
    """The letters of a card with or without numbers."""
    names = ascii_uppercase if with_numbers else f" {ascii_uppercase}"
    return Letters(*(name.strip() for name in names[:7]))


PLAIN = letters(with_numbers=False)
"""The letters of a card on which no indicator bears."""
