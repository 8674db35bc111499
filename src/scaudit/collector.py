"""Collector: Python's search for waste, left off where much is made and little thrown away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
