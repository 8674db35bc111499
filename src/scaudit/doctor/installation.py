"""The installation: Python and the packages, against what scaudit asks for."""

import platform
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from importlib.util import find_spec

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from scaudit.doctor.finding import Finding, broken, fine, look
from scaudit.errors import ProjectError
from scaudit.starting import CHECKOUT

NAME = "scaudit"
EXTRAS = {"flows": "prefect", "dask": "prefect-dask", "token": "python-pkcs11"}
"""What is installed where an extra was asked for."""
TRAPS = {
    "fastapi": "the Prefect server does not start with it",
    "sqlalchemy": "the Prefect server plans no runs with it, and says so in its log only",
}
NAMED = ("duckdb", "pandera", "polars", "weasyprint", "prefect")
MEND = "run 'make setup' again, or install scaudit anew with what it asks for"


def asked() -> tuple[str, list[str]]:
    """Which Python and which packages scaudit asks for: by the checkout that it runs from, or as it was installed."""
    path = CHECKOUT / "pyproject.toml"
    project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {}) if path.is_file() else {}
    if project.get("name") == NAME:
        extras = {extra: project["optional-dependencies"][extra] for extra in EXTRAS}
        more = [f'{one} ; extra == "{extra}"' for extra, ones in extras.items() for one in ones]
        return project["requires-python"], [*project["dependencies"], *more]
    try:
        return metadata(NAME)["Requires-Python"], requires(NAME) or []
    except PackageNotFoundError as error:
        raise ProjectError(
            "scaudit is not installed as a package, so nobody knows what it asks for; install it."
        ) from error


def python(wanted: str, running: str = platform.python_version()) -> Iterator[Finding]:
    """The Python that runs."""
    if SpecifierSet(wanted).contains(running, prereleases=True):
        yield fine(f"{running}, on {platform.system()} {platform.machine()}")
    else:
        yield broken(f"{running} runs, and {wanted} is asked for", "make .venv anew with another Python")


def packages(wanted: Sequence[str]) -> Iterator[Finding]:
    """The packages that are asked for, with those of the extras that are installed, and what slows every start."""
    needed = list(_needed(wanted))
    wrong = [fault for one in needed if (fault := _fault(one))]
    yield from (broken(fault, MEND) for fault in wrong)
    if not wrong:
        main = ", ".join(f"{name} {found}" for name in NAMED if (found := installed(name)))
        yield fine(f"{len(needed)} are as asked for: {main}")
    if find_spec("pandas"):
        yield look("pandas is installed, which slows every start that reads tables", "uninstall it if nobody needs it")


def _needed(wanted: Iterable[str]) -> Iterator[Requirement]:
    extras = ["", *(extra for extra, sign in EXTRAS.items() if installed(sign))]
    for one in map(Requirement, wanted):
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras):
            yield one


def _fault(one: Requirement) -> str:
    """What is wrong with a package; empty where nothing is."""
    found = installed(one.name)
    if not found:
        return f"{one.name} is not installed"
    if one.specifier.contains(found, prereleases=True):
        return ""
    trap = f": {TRAPS[one.name]}" if one.name in TRAPS else ""
    return f"{one.name} {found} is installed, and {one.specifier} is asked for{trap}"


def installed(name: str) -> str:
    """The version of an installed package; empty where there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
