"""Deaths: the ways in which a run of the drill is killed, all by SIGKILL.

Some moments last a millisecond, such as those between two folders changing places, and nobody outside hits them. So a
run may die by its own hand too, at a call that was drawn by lot; what the system sends is the same signal.
"""

import os
import pathlib
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from scaudit import killed, publishing

STEPS = ("load", "validate", "measure_record", "score_record", "render", "publish")


@dataclass(frozen=True)
class Death:
    """When a run dies: `after` seconds past the begin of a `step`, or at the call number `call` once it publishes."""

    step: str
    after: float = 0.0
    call: int = 0


class Fate:
    """In the process of a run: waits for its moment, and kills."""

    def __init__(self, death: Death) -> None:
        self._death, self._left, self._publishing = death, death.call, False

    def step(self, function: Callable[..., Any], *args: Any) -> Any:
        """Call one step of the audit; a run may be doomed to die in it."""
        self._publishing = self._publishing or function.__name__ == "publish"
        if function.__name__ == self._death.step and not self._death.call:
            doom = threading.Timer(self._death.after, die)
            doom.daemon = True
            doom.start()
        return function(*args)

    def met(self) -> None:
        """Count one moment of a publication."""
        if self._publishing and self._death.call:
            self._left -= 1
            if self._left == 0:
                die()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Have every call that moves, writes or removes something counted, before and after."""
        places = (
            (pathlib.Path, "replace"),
            (pathlib.Path, "unlink"),
            (pathlib.Path, "write_text"),
            (publishing, "exchange"),
            (shutil, "rmtree"),
            (killed, "record"),
        )
        plain = [(where, name, getattr(where, name)) for where, name in places]
        for where, name, call in plain:
            setattr(where, name, self._watched(call))
        try:
            yield
        finally:
            for where, name, call in plain:
                setattr(where, name, call)

    def _watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **more: Any) -> Any:
            self.met()
            try:
                return call(*args, **more)
            finally:
                self.met()

        return watched


def die() -> None:
    """End at once, as by `kill -9`."""
    os.kill(os.getpid(), signal.SIGKILL)
