"""What the layout promises: one direction of imports, a quick start, an engine that knows no programme."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "src" / "scaudit"
ORDER = [
    *(
        "errors",
        "collector",
        "fingerprint",
        "slug",
        "store",
        "document",
        "statistics",
        "spreadsheet",
        "statement",
        "addresses",
        "contract",
        "counts",
        "keyring",
        "mailroom",
        "project",
    ),
    *(
        "reading_text",
        "reading_part",
        "reading_header",
        "reading_carried",
        "reading_quotes",
        "reading_csv",
        "reading_lines",
        "reading_again",
        "reading_json",
        "reading_parquet",
        "reading_extent",
        "reading_xlsx",
        "reading",
    ),
    *("records_layout", "records_header", "records_part", "records_scan", "records_xlsx", "records", "records_nulls"),
    *(
        "constraints",
        "models",
        "checking",
        "rules",
        "dialect",
        "scoring",
        "trial",
        "firmness",
        "moving",
        "swapping",
        "singling",
        "explaining",
        "indicators",
        "measuring",
        "computed",
        "weighing",
        "rows",
        "rows_counted",
        "figures",
        "grounds",
        "results",
        "outcome",
        "standings",
        "judging",
        "portions",
        "reaching",
    ),
    *(
        "copies",
        "refusals",
        "exchanging",
        "warehouse",
        "ledger",
        "slicing",
        "deliveries",
        "recomputing",
        "workplace",
        "keeping",
        "vanishing",
        "making",
        "made",
        "earlier",
        "changes",
        "comparison",
        "scorecard",
        "chunks",
        "saying",
        "gathering",
        "manifests",
        "repeated",
        "workers",
        "ahead",
        "crews",
        "rendering",
        "unchanged",
        "editions",
        "publishing",
        "killed",
        "mending",
        "progressed",
        "printed",
        "differing",
        "regrouping",
        "examining",
        "verifying",
        "order",
        "audited",
        "audit",
        "replaying",
        "comparing",
        "history",
        "correcting",
        "recipients",
        "contents",
        "errata",
        "packaging",
        "letters",
        "mailing",
        "sending",
        "dropping",
        "posting",
        "distributing",
        "arrivals",
        "inspecting",
        "reasoning",
        "asking",
        "tabulating",
        "starting",
        "doctor",
        "terminal",
        "showing",
        "showing_changes",
        "showing_moves",
        "showing_numbers",
        "showing_reach",
        "showing_deliveries",
        "cli_distribute",
        "cli_doctor",
        "cli_indicators",
        "cli_keys",
        "cli_verify",
        "cli",
    ),
]


def imports(path: Path) -> set[str]:
    """The modules of the engine that a file imports, by their first name; `scaudit` alone is no module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "scaudit":
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scaudit."):
            found.add(str(node.module).split(".")[1])
    return found & set(ORDER)


def everything_imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def test_every_module_has_its_place_in_the_order() -> None:
    """A new module must say where in the house it stands."""
    modules = {path.stem for path in ENGINE.glob("*.py")} | {"doctor", "document", "scorecard", "statistics"}
    assert modules - {"__init__", "__main__"} == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    """Data takes one way through the house."""
    paths = sorted((ENGINE / name).rglob("*.py")) if (ENGINE / name).is_dir() else [ENGINE / f"{name}.py"]
    later = set(ORDER[ORDER.index(name) + 1 :])
    assert {path.name: imports(path) & later for path in paths if imports(path) & later} == {}


def test_the_engine_imports_no_prefect_no_flows_no_schemas_no_pandas() -> None:
    """Prefect lives in flows/ only; schemas are loaded by path; pandas would slow every start."""
    banned = ("prefect", "flows", "schemas", "pandas")
    found = {
        (path.name, module)
        for path in ENGINE.rglob("*.py")
        for module in everything_imported(path)
        if module.split(".")[0] in banned
    }
    assert found == set()


def test_the_scorecard_knows_no_database() -> None:
    """Pages are made from plain values."""
    assert not any("duckdb" in everything_imported(path) for path in (ENGINE / "scorecard").rglob("*.py"))


@pytest.mark.parametrize("word", ["Secure Communities", "OIG-1", "Homeland", "Immigration", "detainer"])
def test_the_engine_and_the_templates_name_no_programme(word: str) -> None:
    """A second project must work with no change to the engine."""
    paths = [path for folder in (ENGINE, ROOT / "reports" / "templates") for path in folder.rglob("*")]
    texts = {path for path in paths if path.suffix in {".py", ".sql", ".toml", ".csv", ".html", ".css"}}
    assert [path.name for path in sorted(texts) if word.lower() in path.read_text(encoding="utf-8").lower()] == []


def test_help_imports_nothing_heavy() -> None:
    """`scaudit --help` answers at once: it loads neither the database nor what renders or schedules."""
    code = (
        "import sys; from scaudit.cli import app; app(['--help'], standalone_mode=False); "
        "print([name for name in ('prefect', 'weasyprint', 'pandera', 'duckdb', 'polars', 'pandas', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_audit_loads_what_it_needs_when_it_needs_it() -> None:
    """Where nothing has changed, nothing is read, checked, computed or rendered; nor does a worker check or compute."""
    heavy = ("pandera", "polars", "pyarrow", "scipy", "weasyprint", "pikepdf")
    code = f"import sys, scaudit.audit, scaudit.showing; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_repository_names_no_machine() -> None:
    """Nothing committed holds a path of somebody's machine, or points outside the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [ROOT / name for name in listed.split("\0") if name and not name.endswith((".ttf", ".png"))]
    banned = ["/work" + "/", "../" + "shared", "/root" + "/", "/opt" + "/pypi", "pypi" + ".org"]
    texts = {path: path.read_text(encoding="utf-8") for path in names if path.is_file()}
    assert [(path.name, word) for path, text in texts.items() for word in banned if word in text] == []
