"""Collector: Python's search for waste, left off where much is made and little thrown away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE = 20_000
"""Things made and not thrown away yet after which it looks through the newest. Python's own number is 700, and to load
a library makes hundreds of thousands."""


def seldom() -> None:
    """Have this process look for waste seldom: a run of minutes has little of it."""
    gc.set_threshold(_MADE)


@contextmanager
def no_collector() -> Iterator[None]:
    """Do not look for waste: that takes an eighth of the time in which a page is laid out, more where rows are made."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
