"""The wheel, as a stranger gets it: installed in a clean environment, scaffolded, audited, opened."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*words: str | Path, cwd: Path) -> str:
    """One command, without this environment's own paths; its output."""
    clean = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def scaudit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel in an environment that has the core and nothing of this checkout."""
    place = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).parent / "uv"
    run(uv, "build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", place, ROOT, cwd=place)
    (wheel,) = place.glob("scaudit-*.whl")
    run(uv, "venv", "--python", sys.executable, place / "env", cwd=place)
    python = place / "env" / "bin" / "python"
    run(uv, "pip", "install", "--python", python, "--constraint", ROOT / "requirements.lock", wheel, cwd=place)
    return place / "env" / "bin" / "scaudit"


def test_a_scaffolded_project_is_audited_from_the_wheel(scaudit: Path, tmp_path: Path) -> None:
    """init, audit, open the PDF: nothing is missing that the checkout would lend."""
    run(scaudit, "init", "mine", cwd=tmp_path)
    shown = run(scaudit, "audit", "--as-of", "2024-01-31", "--json", cwd=tmp_path / "mine")
    found = json.loads(shown)
    assert [item["id"] for item in found["items"]] == ["AUDIT-1/R1", "AUDIT-1/R2", "PARENTS-1/A"]
    assert found["items"][0]["status"]["verified"] == "in_place"
    with pikepdf.open(tmp_path / "mine" / "reports" / "2024-01-31" / "items" / "AUDIT-1_R1.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("AUDIT-1/R1")
        assert len(pdf.pages) >= 2
    seen = {
        one["check"]: one["state"]
        for one in json.loads(run(scaudit, "doctor", "--json", cwd=tmp_path / "mine"))["checks"]
    }
    assert {seen[name] for name in ("Packages", "Fonts", "Models", "Templates", "Last edition")} == {"fine"}
    assert seen["Prefect server"] == "not_set_up"


def test_the_core_brings_neither_prefect_nor_pandas(scaudit: Path, tmp_path: Path) -> None:
    """Scheduling is an extra; pandas would slow every start."""
    code = "import importlib.util as u; print([n for n in ('prefect', 'pandas') if u.find_spec(n)])"
    assert run(scaudit.parent / "python", "-c", code, cwd=tmp_path).strip() == "[]"
