"""Processes, and those that they have started."""

import subprocess


def descendants(number: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], text=True, capture_output=True, check=True).stdout  # noqa: S607
    pairs = [tuple(map(int, line.split())) for line in found.splitlines()]
    family = [number]
    for one in family:
        family += [child for child, parent in pairs if parent == one]
    return family[1:]
