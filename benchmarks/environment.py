"""The environment of the peers: made by the benchmark, with pinned versions, apart from the one of the project."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from process import PYTHON, ROOT, MeasurementError

FOLDER = ROOT / ".bench-venv"
PINNED = ROOT / "benchmarks" / "peers" / "peers.txt"
READY = FOLDER / ".ready"


def peers() -> Path:
    """The Python of the peers' environment, which is made where it is missing or older than what is asked for."""
    asked = hashlib.sha256(PINNED.read_bytes()).hexdigest()
    python = FOLDER / "bin" / "python"
    if READY.is_file() and READY.read_text(encoding="ascii") == asked:
        return python
    uv = PYTHON.parent / "uv"
    steps = (
        (uv, "venv", "--quiet", "--clear", "--python", PYTHON, FOLDER),
        (uv, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", "--python", python, PINNED),
    )
    for step in steps:
        done = subprocess.run([str(word) for word in step], capture_output=True, text=True, check=False)
        if done.returncode:
            raise MeasurementError(f"the environment of the peers cannot be made: {done.stderr.strip()[-1000:]}")
    READY.write_text(asked, encoding="ascii")
    return python
