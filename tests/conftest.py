"""A small invented project that every test may use, and a database that cannot reach out."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb
import pytest

if TYPE_CHECKING:
    from scaudit.counts import CheckReport
    from scaudit.results import Results

REPOSITORY = Path(__file__).resolve().parents[1]
if str(REPOSITORY / "src") not in sys.path:
    sys.path.insert(0, str(REPOSITORY / "src"))

SETTINGS = """\
title = "Cold chain: what was asked and what was done"
publisher = "The kitchen auditors"
contact = "Write to the kitchen auditors with the record and its page."

[programme]
name = "Cold Chain Pilot"
from = "2019-03-01"
to = "2023-12-31"

[windows]
before_after = ["start", "end"]

[notes]
"FSA" = "The report was read in its printed form."
"""

TABLES = {
    "bodies": """\
body_id,name,kind,parent_id,independent_by_statute
MINISTRY,Ministry of Food,agency,,false
OFFICE,Cold Chain Office,agency,MINISTRY,false
AUDIT,Food Audit Court,auditor,MINISTRY,true
LAB,Institute of Food Research,researcher,,false
COOKS,Association of School Cooks,advocate,,false
GAZETTE,The Daily Gazette,press,,false
""",
    "sources": """\
source_id,title,publisher_id,published_on,url,copy,sha256,seen,note
FSA-REPORT,Audit of the cold chain,AUDIT,2020-05-04,https://example.org/report,,,whole,
COOKS-LETTER,Letter of the school cooks,COOKS,2020-06,,,,whole,
OFFICE-ORDER,Order 7 on thermometers,OFFICE,2020-09-01,,,,whole,
LAB-STUDY,Two hundred fridges,LAB,2021,,,,excerpt,
AUDIT-TEST,Follow-up of the audit court,AUDIT,2022-02-10,,,,whole,
""",
    "recommendations": """\
item_id,kind,title,summary,issuer_id,accountable_id,issued_on,response,response_on,target_on,source_id,locator
FSA/R1,recommendation,Thermometers,Put a thermometer into every fridge.,AUDIT,OFFICE,2020-05-04,concur,2020-06-01,2021-12-31,FSA-REPORT,page 9
COOKS/I,concern,Spoiled milk,The cooks ask that milk no longer spoils.,COOKS,OFFICE,2020-06-15,none,,,COOKS-LETTER,para 2
""",
    "criteria": """\
criterion_id,item_id,kind,ask,required,window_from,window_to,source_id,locator
FSA/R1.a,FSA/R1,policy,A rule requires a thermometer in every fridge.,true,,2023-12-31,FSA-REPORT,page 9
FSA/R1.b,FSA/R1,practice,Every fridge has a thermometer.,true,,2023-12-31,FSA-REPORT,page 9
COOKS/I.a,COOKS/I,result,Less milk is spoiled.,true,,2023-12-31,COOKS-LETTER,para 2
COOKS/I.claim-1,COOKS/I,claim,Milk was spoiled on the way.,false,,2023-12-31,COOKS-LETTER,para 1
""",
    "evidence": """\
evidence_id,criterion_id,source_id,locator,origin_id,stance,basis,tense,method_stated,event_from,event_to,recorded_on,\
replaces,finding,fact_id
E1,FSA/R1.a,OFFICE-ORDER,article 1,OFFICE,supports,document,act,false,2020-09-01,,,,The order asks for a thermometer.,F1
E2,FSA/R1.b,AUDIT-TEST,page 3,AUDIT,supports,inspection,observation,true,2022-01,2022-01,2022-02-10,,\
"All 40 fridges that were opened had one, says the court.",F2
E3,COOKS/I.a,LAB-STUDY,table 2,LAB,partly,data,observation,true,2020,2021,,,Spoilage fell in two regions of five.,F3
E4,COOKS/I.claim-1,COOKS-LETTER,para 1,COOKS,supports,statement,observation,false,2019-11,2020-05,,,Cooks saw sour milk.,F4
E5,FSA/R1.b,OFFICE-ORDER,article 4,OFFICE,supports,statement,promise,false,2021,,,,The office will buy thermometers.,F5
""",
    "responsibilities": "criterion_id,body_id\nFSA/R1.b,MINISTRY\n",
    "dispositions": """\
item_id,body_id,stated_on,disposition,words,basis_stated,source_id,locator
FSA/R1,AUDIT,2022-02-10,closed_implemented,Closed.,The fridges were opened.,AUDIT-TEST,page 1
""",
    "reading_days": """\
day_id,day,label,source_id
start,2019-03-01,The pilot starts,
end,2023-12-31,The pilot ends,
""",
    "unused_facts": "fact_id,reason\nF6,It is about another programme.\n",
}


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """The root of a valid project from an invented field: 2 items, 4 criteria, 5 records, nothing at fault."""
    return laid_out(tmp_path / "project")


def laid_out(root: Path) -> Path:
    """Write the small project to a folder."""
    (root / "inputs").mkdir(parents=True)
    (root / "scaudit.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.copytree(REPOSITORY / "schemas", root / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    for table, text in TABLES.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    return root


def _audited(root: Path, *, with_pdf: bool) -> Path:
    """Scaffold a project and audit it once: the run `first`, as of 31 January 2024."""
    from scaudit.audit import audit
    from scaudit.order import Order
    from scaudit.starting import scaffold

    scaffold(root)
    order = Order(root, date(2024, 1, 31), date(2024, 1, 31), "first", with_pdf=with_pdf)
    audit(order, lambda: datetime(2024, 2, 1, 9, 30))  # noqa: DTZ001 (the ledger keeps UTC without a zone)
    return root


@pytest.fixture(scope="session")
def audited_starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that `scaudit init` makes with one run behind it, `first`, without PDFs. Read it, or change a copy."""
    return _audited(tmp_path_factory.mktemp("audited") / "audit", with_pdf=False)


@pytest.fixture(scope="session")
def printed_starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with PDFs. Read it, or change a copy."""
    return _audited(tmp_path_factory.mktemp("printed") / "audit", with_pdf=True)


@cache
def examined(as_of: date, known_on: date) -> tuple[Results, CheckReport]:
    """This repository's own project, scored once for all modules that read it."""
    from scaudit.audit import examine
    from scaudit.order import Order

    return examine(Order(REPOSITORY, as_of, known_on, f"test-{uuid4().hex}"))


def _state(root: Path) -> frozenset[tuple[str, int, int]]:
    """The files that a project is scored from, as the disk tells them apart."""
    files = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    read = {path: (root / path).stat() for path in files if path.parts[0] not in (".scaudit", "reports")}
    return frozenset((str(path), told.st_size, told.st_mtime_ns) for path, told in read.items())


@pytest.fixture(scope="module")
def scored_once() -> Iterator[None]:
    """Verbs that only ask are given the results of the last one that asked the same of the same files.

    For modules that look at what such verbs print: a project that has not changed need not be scored for each.
    """
    from scaudit import audit

    plain, known = audit.examine, {}

    def examine(order: Any, *rest: Any) -> Any:
        asked = (order.root, json.dumps(order.asked, default=str), _state(order.root))
        if asked not in known:
            known[asked] = plain(order, *rest)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audit, "examine", examine)
        yield


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database in memory that never looks for extensions."""
    off = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(config=off) as connection:
        yield connection


@pytest.fixture(scope="session")
def flows() -> ModuleType:
    """The flow of the audit, out of its folder, which Prefect puts first among the places of modules."""
    sys.path.insert(0, str(REPOSITORY / "flows"))
    return importlib.import_module("audit_flow")


@pytest.fixture(scope="session")
def serving(flows: ModuleType) -> ModuleType:
    """The module that keeps the schedule."""
    return importlib.import_module("serving")


@pytest.fixture(scope="session")
def api(flows: ModuleType) -> Iterator[Callable[..., Any]]:
    """A Prefect server on loopback with a database of its own; gives a function that asks it.

    It takes ten seconds to start: the modules that ask it stand in PREFECT_MODULES, and share one.
    """
    from prefect.client.orchestration import get_client
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120), get_client(sync_client=True) as client:
        yield lambda path, **body: client.request("POST", path, json=body).json()


PREFECT_MODULES = ("test_flow", "test_fan_out", "test_operations", "test_doctor_schedule")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One module goes to one worker; those that ask a Prefect server go to the same one, so that one is started."""
    from xdist.scheduler import LoadScopeScheduling

    class OneServer(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            scope: str = super()._split_scope(nodeid)
            return "prefect" if Path(scope).stem in PREFECT_MODULES else scope

    return OneServer(config, log) if config.getvalue("dist") == "loadscope" else None


LONG_ONES = (
    "flow",
    "fan_out",
    "operations",
    "faults",
    "history",
    "conformance",
    "replaying",
    "hostile",
    "ruleset",
    "drill_audits",
    "distributing",
    "audit",
    "properties",
    "editions",
    "scoring",
    "wheel",
    "drill",
    "twin",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The modules that take longest come first: begun last, they would keep one core waiting for the other."""
    place = {f"test_{name}": number for number, name in enumerate(LONG_ONES)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture(autouse=True, scope="session")
def _one_core() -> Iterator[None]:
    """Audits of tests print in their own process and count on one thread: the suite's workers keep all cores busy."""
    from scaudit import warehouse

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sched_getaffinity", lambda _process: {0})
        patch.setitem(warehouse._SETTINGS, "threads", "1")
        yield
